"""Firms: admitted, kept up to date, verified."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import InvalidHeadcount, InvalidIdentifier, StateConflict
from ledger.domain.event import stamp
from ledger.domain.firm import MOST_EMPLOYEES, NOBODY, Erasure, Firm, Headcount, Profile, ToBanks
from tests.domain.given import ALPHA, NETWORK, NOON, happened, last, now, refused

PROFILE = Profile(
    name="Example Turning GmbH",
    country="DE",
    legal_form="GmbH",
    town="Neumünster",
    nace="25.62",
    identifiers={"vat": "DE136695976", "cvr": None},
    capabilities=("CNC turning",),
)


def admitted(profile: Profile = PROFILE) -> Firm:
    """The firm is a member."""
    return Firm.admit(ALPHA, now(), profile, "digest")


def test_a_firm_is_admitted_to_the_stamps_network() -> None:
    """It is what it says of itself, with its numbers in their normal form, and not verified yet."""
    firm = admitted(replace(PROFILE, name="  Example Turning GmbH "))
    assert happened(firm) == ["Admitted"]
    assert (firm.network_id, firm.digest, firm.verified_on) == (NETWORK, "digest", None)
    assert firm.profile() == replace(PROFILE, identifiers={"vat": "DE136695976"})


def test_personal_and_other_fields_are_kept_apart() -> None:
    """Erasing the identity of a sole proprietor leaves the trade."""
    admission = last(admitted())
    assert set(admission.identity) == {"name", "town", "identifiers", "capabilities"}
    assert set(admission.trade) == {"legal_form", "country", "nace", "sole_proprietor"}


def test_a_wrong_number_is_refused() -> None:
    """The refusal points to the identifier that is wrong."""
    with refused(InvalidIdentifier, pointer="/identifiers/vat"):
        admitted(replace(PROFILE, identifiers={"vat": "DE1"}))


def test_an_update_holds_the_whole_new_profile() -> None:
    """What changed is read from the event alone."""
    firm = admitted()
    firm.update(now(), replace(PROFILE, town="Kiel"))
    assert last(firm).identity["town"] == "Kiel"
    assert firm.profile().town == "Kiel"
    assert firm.profile().name == PROFILE.name


def test_another_name_is_unverified() -> None:
    """What was compared with the register is no longer what is said; another town changes nothing."""
    firm = admitted()
    firm.verify(now(), "Handelsregister", "HRB 1234")
    firm.update(now(), replace(PROFILE, town="Kiel"))
    assert firm.verified_on is not None
    firm.update(now(), replace(PROFILE, name="Another GmbH"))
    assert firm.verified_on is None


def test_an_update_that_says_the_same_records_nothing() -> None:
    """Saving a form unchanged is no fact."""
    firm = admitted()
    firm.update(now(), firm.profile())
    firm.update(now(), replace(PROFILE, identifiers={"vat": "de 136 695 976"}))
    assert happened(firm) == ["Admitted"]


def test_a_refused_update_changes_nothing() -> None:
    """A wrong number leaves the profile as it was."""
    firm = admitted()
    with refused(InvalidIdentifier, firm, "/identifiers/lei"):
        firm.update(now(), replace(PROFILE, identifiers={"lei": "x"}))


def test_verification_has_the_extracts_date() -> None:
    """Two dates: when the extract was drawn, and when that was recorded."""
    firm = admitted()
    office = Actor(Role.COORDINATOR, NETWORK, NETWORK)
    drawn = date(2026, 11, 2)
    firm.verify(stamp(office, NOON, happened_on=drawn), "handelsregister", "Kiel HRB 1234 NM")
    assert firm.verified_on == drawn
    assert (last(firm).happened_on, last(firm).timestamp) == (drawn, NOON)


def test_events_stay_in_the_firms_network() -> None:
    """Whoever acts, the events of a firm carry the network that it was admitted to."""
    firm = admitted()
    firm.verify(stamp(Actor(Role.OPERATOR), NOON), "cvr", "13585628")
    assert last(firm).network_id == NETWORK


def test_a_firm_decides_how_banks_see_it() -> None:
    """It is described until it says otherwise; saying the same records nothing."""
    firm = admitted()
    assert firm.to_banks is ToBanks.DESCRIBED
    firm.show_to_banks(now(), ToBanks.DESCRIBED)
    assert happened(firm) == ["Admitted"]
    firm.show_to_banks(now(), ToBanks.NAMED)
    firm.show_to_banks(now(), ToBanks.NAMED)
    assert happened(firm) == ["Admitted", "DisclosureSet"]
    assert (firm.to_banks, last(firm).to_banks) == (ToBanks.NAMED, "named")


def test_a_firm_tells_its_headcount() -> None:
    """Year by year; said again it corrects, and saying the same records nothing."""
    firm = admitted()
    firm.report_headcount(now(), 2025, employees=42, apprentices=3)
    firm.report_headcount(now(), 2024, employees=0, apprentices=0)
    firm.report_headcount(now(), 2025, employees=42, apprentices=3)
    firm.report_headcount(now(), 2025, employees=43, apprentices=43)
    assert happened(firm) == ["Admitted", *["HeadcountReported"] * 3]
    assert firm.headcounts == {2025: Headcount(43, 43), 2024: Headcount(0, 0)}
    assert (last(firm).year, last(firm).employees, last(firm).apprentices, last(firm).network_id) == (
        *(2025, 43, 43),
        NETWORK,
    )


@pytest.mark.parametrize(
    ("year", "employees", "apprentices", "pointer"),
    [
        (1989, 42, 3, "/year"),
        (2027, 42, 3, "/year"),
        (2025, -1, 0, "/employees"),
        (2025, MOST_EMPLOYEES + 1, 0, "/employees"),
        (2025, 42, 43, "/apprentices"),
        (2025, 42, -1, "/apprentices"),
    ],
)
def test_a_headcount_that_cannot_be_is_refused(year: int, employees: int, apprentices: int, pointer: str) -> None:
    """The refusal points to the figure that is wrong."""
    firm = admitted()
    with refused(InvalidHeadcount, firm, pointer):
        firm.report_headcount(now(), year, employees=employees, apprentices=apprentices)


def test_a_year_begins_when_it_does_for_members() -> None:
    """Half an hour after midnight there, the new year has figures; UTC is still in the old one."""
    firm = admitted()
    firm.report_headcount(now(datetime(2026, 12, 31, 22, 30, tzinfo=UTC)), 2027, employees=42, apprentices=3)
    assert happened(firm) == ["Admitted", "HeadcountReported"]


def test_an_erased_firm_keeps_its_headcounts() -> None:
    """Numbers name nobody; but no more are told of it."""
    firm = admitted()
    firm.report_headcount(now(), 2025, employees=42, apprentices=3)
    firm.erase(now(), "ab" * 32)
    assert firm.headcounts == {2025: Headcount(42, 3)}
    with refused(StateConflict, firm):
        firm.report_headcount(now(), 2025, employees=1, apprentices=0)


def test_an_erased_firm_is_nobody() -> None:
    """The certificate says who destroyed which key, and when; the trade stays sayable."""
    firm = admitted()
    firm.erase(now(), "ab" * 32)
    assert happened(firm) == ["Admitted", "Erased"]
    assert firm.identity == NOBODY
    assert firm.trade == PROFILE.trade()
    assert firm.certificate() == Erasure(NOON, last(firm).actor, "ab" * 32)


def test_a_firm_that_is_not_erased_has_no_certificate() -> None:
    """There is nothing to certify."""
    with refused(StateConflict):
        admitted().certificate()


def test_an_erased_firm_is_neither_described_nor_verified_anew() -> None:
    """Its key is gone for good: whatever were written of it would be erased as well."""
    firm = admitted()
    firm.erase(now(), "ab" * 32)
    with refused(StateConflict):
        firm.update(now(), PROFILE)
    with refused(StateConflict):
        firm.verify(now(), "CVR", "an extract")
