"""The directory of firms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.errors import NotFound
from ledger.domain.event import ERASED
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.firms.projector import PROJECTION
from ledger.projections.firms.queries import directory, one, page, positions_behind
from tests.stories import (
    COORDINATOR,
    NETWORK,
    Story,
    as_bank,
    as_firm,
    bank,
    by,
    consent,
    firm,
    firm_id,
    network,
)

ACME = firm_id("Acme Drehtechnik")
BANK = as_bank(bank().id)


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Three firms of the network and one of another."""
    story = begin(PROJECTION, CONSENTS)
    story.tell(
        firm("Acme Drehtechnik", town="Neumünster", nace="25.62", capabilities=("CNC turning", "Milling")),
        firm("Øst Stål", country="DK", nace="24.10", capabilities=("CNC",)),
        firm("100% Elektro", nace="33.20"),
        firm("Far", network=network("south").id),
    )
    return story


@pytest.mark.parametrize(
    ("sought", "found"),
    [
        ({}, ["100% Elektro", "Acme Drehtechnik", "Øst Stål"]),
        ({"q": "DREH"}, ["Acme Drehtechnik"]),
        ({"q": "øST"}, ["Øst Stål"]),
        ({"q": "%"}, ["100% Elektro"]),
        ({"q": "_"}, []),
        ({"q": "\0"}, []),
        ({"country": "dk"}, ["Øst Stål"]),
        ({"sector": "25"}, ["Acme Drehtechnik"]),
        ({"sector": "2_"}, []),
        ({"capability": "cnc  TURNING"}, ["Acme Drehtechnik"]),
        ({"capability": "cnc"}, ["Øst Stål"]),
        ({"capability": "turning"}, []),
        ({"q": "acme", "country": "DK"}, []),
    ],
)
def test_firms_are_found(story: Story, sought: dict[str, Any], found: list[str]) -> None:
    """By a part of the name in any case, country, beginning of the sector, whole capability; all must fit."""
    with story.reading() as reading:
        assert [item["name"] for item in page(reading, COORDINATOR, **sought, limit=9).items] == found


def test_a_profile_says_all_of_a_firm(story: Story) -> None:
    """Every documented field is there, with the firm's version and position."""
    with story.reading() as reading:
        assert one(reading, as_firm(firm_id("Øst Stål")), ACME) == {
            "id": str(ACME),
            "network": str(NETWORK),
            "name": "Acme Drehtechnik",
            "legal_form": None,
            "country": "DE",
            "town": "Neumünster",
            "nace": "25.62",
            "identifiers": {},
            "capabilities": ["CNC turning", "Milling"],
            "sole_proprietor": False,
            "verifications": [],
            "verified": False,
            "admitted_at": "2026-03-02T09:00:00Z",
            "disclosure": {"to_banks": "described"},
            "headcounts": [],
            "version": 1,
            "position": 1,
        }


def test_a_profile_remembers_what_it_was(begin: Callable[..., Story]) -> None:
    """After an update and a verification the earlier profile is still there as of its position."""
    story, acme = begin(PROJECTION, CONSENTS), firm("Acme Drehtechnik", identifiers={"cvr": "13585628"})
    first = story.tell(acme)
    acme.update(by(COORDINATOR, 1), replace(acme.profile(), name="Acme GmbH", town="Kiel"))
    second = story.tell(acme)
    acme.verify(by(COORDINATOR, 2, happened_on=date(2026, 2, 27)), "Handelsregister", "HRB 1234 KI")
    third = story.tell(acme)
    with story.reading(as_of_position=first) as reading:
        assert one(reading, COORDINATOR, acme.id)["name"] == "Acme Drehtechnik"
    with story.reading(as_of_position=second) as reading:
        shown = one(reading, COORDINATOR, acme.id)
        assert (shown["name"], shown["verified"], shown["version"]) == ("Acme GmbH", False, 2)
    with story.reading() as reading:
        shown = one(reading, COORDINATOR, acme.id)
    assert (shown["town"], shown["verified"], shown["version"], shown["position"]) == ("Kiel", True, 3, third)
    assert shown["identifiers"] == {"cvr": "13585628"}
    assert shown["admitted_at"] == "2026-03-02T09:00:00Z"
    assert shown["verifications"] == [
        {
            "register": "Handelsregister",
            "extract": "HRB 1234 KI",
            "on": "2026-02-27",
            "recorded_at": "2026-03-04T09:00:00Z",
        }
    ]


def test_the_directory_is_open_to_those_who_may_list(story: Story) -> None:
    """A bank lists the firms that let it look; a firm its network; the operator all."""
    story.tell(consent(ACME, BANK.subject or uuid4()))
    with story.reading() as reading:
        assert [item["name"] for item in page(reading, BANK, limit=9).items] == ["Acme Drehtechnik"]
        assert [item["id"] for item in directory(reading, BANK)] == [str(ACME)]
        assert len(directory(reading, as_firm(ACME))) == 3
        assert len(directory(reading, OPERATOR)) == 4
        with pytest.raises(NotFound):
            one(reading, BANK, firm_id("Øst Stål"))
        with pytest.raises(NotFound):
            one(reading, COORDINATOR, firm_id("Far"))


def test_a_directory_entry_says_what_a_document_is_matched_by(story: Story) -> None:
    """Id, name, country, town and register numbers, nothing else."""
    with story.reading() as reading:
        assert directory(reading, COORDINATOR)[1] == {
            "id": str(ACME),
            "name": "Acme Drehtechnik",
            "country": "DE",
            "town": "Neumünster",
            "identifiers": {},
        }


def test_firms_come_in_pages(story: Story) -> None:
    """Two pages hold three firms."""
    with story.reading() as reading:
        first = page(reading, COORDINATOR, limit=2)
        rest = page(reading, COORDINATOR, limit=2, cursor=first.next)
    assert [item["name"] for item in first.items] == ["100% Elektro", "Acme Drehtechnik"]
    assert ([item["name"] for item in rest.items], rest.next) == (["Øst Stål"], None)


def test_headcounts_are_for_the_firm_and_its_office(begin: Callable[..., Story]) -> None:
    """The last word on a year, and the word before it as of its position; other firms and banks are told nothing."""
    story, acme, other = begin(PROJECTION, CONSENTS), firm("Acme Drehtechnik"), firm("Øst Stål")
    acme.report_headcount(by(as_firm(acme.id), 1), 2026, employees=42, apprentices=3)
    lender = bank()
    first = story.tell(acme, other, lender, consent(acme.id, lender.id))
    acme.report_headcount(by(COORDINATOR, 2), 2025, employees=40, apprentices=2)
    acme.report_headcount(by(COORDINATOR, 3), 2026, employees=43, apprentices=4)
    story.tell(acme)
    told = [{"year": 2025, "employees": 40, "apprentices": 2}, {"year": 2026, "employees": 43, "apprentices": 4}]
    with story.reading() as reading:
        for viewer in (as_firm(acme.id), COORDINATOR, OPERATOR):
            shown = one(reading, viewer, acme.id)
            assert [{name: year[name] for name in told[0]} for year in shown["headcounts"]] == told
            assert shown["version"] == 4
        for viewer in (as_firm(other.id), as_bank(lender.id)):
            assert one(reading, viewer, acme.id)["headcounts"] == []
        assert positions_behind(reading, as_bank(lender.id), acme.id) == {1}
    with story.reading(as_of_position=first) as reading:
        assert [year["employees"] for year in one(reading, COORDINATOR, acme.id)["headcounts"]] == [42]


def test_headcounts_outlive_an_erasure(begin: Callable[..., Story]) -> None:
    """They name nobody, and the sums that were told stay what they were."""
    story, acme = begin(PROJECTION, CONSENTS), firm("Acme Drehtechnik")
    acme.report_headcount(by(as_firm(acme.id), 1), 2026, employees=42, apprentices=3)
    acme.erase(by(COORDINATOR, 2), "ab" * 32)
    story.tell(acme)
    with story.reading() as reading:
        shown = one(reading, COORDINATOR, acme.id)
    assert (shown["name"], shown["headcounts"][0]["employees"]) == (ERASED, 42)
