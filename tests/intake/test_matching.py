"""Parties on paper are found among known firms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from ledger.intake.matching import KnownFirm, Match, index, match
from ledger.intake.numbers import claims
from ledger.intake.parties import PartyOnPaper, SchemedId
from ledger.intake.texts import folded, without_legal_form
from tests.intake.papers import DANES, FIRMS, LATHE, WELDERS

if TYPE_CHECKING:
    from collections.abc import Sequence

STRANGER = PartyOnPaper("Somebody Else", country="DE", town="Kiel")
POINTER = "/parties/0/firm"


def _found(party: PartyOnPaper, firms: Sequence[KnownFirm] = FIRMS) -> Match:
    return match(party, index(firms), called="buyer", pointer=POINTER)


def _codes(found: Match) -> list[str]:
    return [remark.code for remark in found.remarks]


@pytest.mark.parametrize(
    ("party", "firm"),
    [
        (replace(STRANGER, vat="DE 136 695 976"), LATHE),
        (replace(STRANGER, vat="de136695976"), LATHE),
        (replace(STRANGER, vat="DK13585628"), DANES),
        (replace(STRANGER, legal_id=SchemedId("0184", "DK 13 58 56 28")), DANES),
        (replace(STRANGER, legal_id=SchemedId("", "CVR 13585628"), country="DK"), DANES),
        (replace(STRANGER, identifiers=(SchemedId("0184", "13585628"),)), DANES),
        (replace(STRANGER, legal_id=SchemedId("", "DKCVR.13585628")), DANES),
        (replace(STRANGER, legal_id=SchemedId("", "Kiel HRB 1234 NM")), LATHE),
        (replace(STRANGER, legal_id=SchemedId("", "HRB 1234 NM"), register_text="Amtsgericht Kiel"), LATHE),
        (
            replace(STRANGER, register_text="Eingetragen im Handelsregister des Amtsgerichts Kiel: HRB1234 NM"),
            LATHE,
        ),
        (
            replace(STRANGER, register_text="Registergericht: Amtsgericht Flensburg\nHRB-Nr. 4321, USt ..."),
            WELDERS,
        ),
        (replace(STRANGER, register_text="Sitz: Kiel\nRegistergericht Flensburg H.R.B 04321 UST"), WELDERS),
    ],
)
def test_a_register_number_finds_its_firm_under_any_name(party: PartyOnPaper, firm: KnownFirm) -> None:
    """Numbers go before names, however they are written."""
    assert _found(party) == Match(firm.id, ())


@pytest.mark.parametrize(
    "text",
    [
        "Amtsgericht Kiel HRB 1234",
        "Amtsgericht Kiel HRA 1234 NM",
        "Amtsgericht Flensburg HRB 1234 NM",
        "HRB 1234 NM",
    ],
)
def test_a_register_number_counts_with_its_court_and_mark_only(text: str) -> None:
    """Each court counts for itself, and Kiel keeps the numbers of Neumünster beside its own."""
    assert _found(replace(STRANGER, register_text=text)).firm is None


def test_an_lei_and_an_euid_find_their_firms() -> None:
    """Both may stand as legal or other identifiers."""
    firm = KnownFirm(UUID(int=9), "X", "DE", "", {"lei": "213800KUD8LAJWSQ9D15", "euid": "DEX1517R.HRB395KI"})
    for number in (SchemedId("0199", "213800KUD8LAJWSQ9D15"), SchemedId("", "DEX1517R.HRB395KI")):
        assert _found(replace(STRANGER, legal_id=number), [firm]).firm == firm.id


@pytest.mark.parametrize("address", [SchemedId("9930", "DE136695976"), SchemedId("0184", "13585628")])
def test_an_electronic_address_is_a_weak_hint(address: SchemedId) -> None:
    """It says where invoices go; a register number outweighs it."""
    found = _found(replace(STRANGER, electronic_address=address))
    assert found.firm in (LATHE.id, DANES.id)
    assert _codes(found) == ["weak-match"]
    stronger = replace(STRANGER, electronic_address=address, register_text="Amtsgericht Flensburg HRB 4321")
    assert _found(stronger) == Match(WELDERS.id, ())


@pytest.mark.parametrize(
    ("name", "firm"),
    [
        ("MUSTERDREHEREI NORD GMBH", LATHE),
        ("Musterdreherei  Nord", LATHE),
        ("Musterdreherei-Nord Gesellschaft mit beschränkter Haftung", LATHE),
        ("Proeve Maskinfabrik A/S", DANES),
        ("Probe Schweisstechnik GmbH & Co KG", WELDERS),
        ("Probe-Schweißtechnik GmbH und Co. KG", WELDERS),
    ],
)
def test_a_name_is_found_however_it_is_spelt(name: str, firm: KnownFirm) -> None:
    """Case, umlauts, hyphens and legal forms do not matter; the match is to be checked."""
    found = _found(PartyOnPaper(name, town=firm.town or ""))
    assert found.firm == firm.id
    assert _codes(found) == ["weak-match"]


def test_the_trading_name_stands_in_for_the_name() -> None:
    """Many invoices have the known name there."""
    assert _found(replace(STRANGER, trading_name="Musterdreherei Nord")).firm == LATHE.id


def test_a_name_in_another_country_is_another_firm() -> None:
    """Without a country on paper, all countries count."""
    assert _found(PartyOnPaper(LATHE.name, country="DK")).firm is None
    assert _found(PartyOnPaper(LATHE.name)).firm == LATHE.id


def test_two_firms_of_one_name_are_told_apart_by_town_or_not_at_all() -> None:
    """A warning names both."""
    twin = replace(LATHE, id=UUID(int=8), town="Rendsburg", identifiers={})
    assert _found(PartyOnPaper(LATHE.name, town="RENDSBURG"), [LATHE, twin]).firm == twin.id
    found = _found(PartyOnPaper(LATHE.name, town="Kiel"), [LATHE, twin])
    assert found.firm is None
    assert _codes(found) == ["party-ambiguous"]
    assert str(LATHE.id) in found.remarks[0].detail
    assert str(twin.id) in found.remarks[0].detail
    assert found.remarks[0].data()["pointer"] == POINTER


def test_the_whole_name_goes_before_the_name_without_legal_form() -> None:
    """A partnership and the company that leads it often differ in nothing else."""
    partnership = replace(LATHE, id=UUID(int=8), name="Musterdreherei Nord GmbH & Co. KG", identifiers={})
    firms = [partnership, LATHE]
    assert _found(PartyOnPaper("Musterdreherei Nord GmbH"), firms).firm == LATHE.id
    assert _found(PartyOnPaper("Musterdreherei Nord GmbH & Co. KG"), firms).firm == partnership.id
    assert _found(PartyOnPaper("Musterdreherei Nord"), firms).firm is None


def test_a_right_number_of_another_company_outweighs_the_name() -> None:
    """A wrong number does not: it proves nothing; nor does a VAT number of another country."""
    found = _found(replace(STRANGER, name=LATHE.name, vat="DE811111113"))
    assert found.firm is None
    assert _codes(found) == ["identifier-differs", "party-unknown"]
    found = _found(replace(STRANGER, name=LATHE.name, town=LATHE.town or "", vat="DE123456789"))
    assert found.firm == LATHE.id
    assert _codes(found) == ["identifier-check-failed", "weak-match"]
    assert _found(replace(STRANGER, name=LATHE.name, vat="ATU13585627")).firm == LATHE.id


def test_firms_under_one_vat_number_are_told_apart_by_name() -> None:
    """Tax groups share a number."""
    sister = replace(LATHE, id=UUID(int=8), name="Musterfräserei Nord GmbH")
    paper = replace(STRANGER, vat="DE136695976")
    assert _codes(_found(paper, [LATHE, sister])) == ["party-ambiguous"]
    assert _found(replace(paper, name="Musterfraeserei Nord"), [LATHE, sister]).firm == sister.id


def test_numbers_of_different_firms_are_ambiguous() -> None:
    """Nobody is guessed."""
    found = _found(replace(STRANGER, vat="DE136695976", legal_id=SchemedId("0184", "13585628")))
    assert found.firm is None
    assert _codes(found) == ["party-ambiguous"]


def test_a_number_that_fails_its_check_is_a_remark() -> None:
    """Register numbers on real invoices are often wrong; foreign VAT numbers are not checked at all."""
    wrong = replace(STRANGER, vat="DE123456789", legal_id=SchemedId("", "Amtsgericht Musterstadt HRB 12"))
    assert _codes(_found(wrong)) == ["identifier-check-failed"] * 2 + ["party-unknown"]
    assert _codes(_found(replace(STRANGER, vat="CHE-123.456.788 MWST"))) == ["party-unknown"]
    assert [claim.right for claim in claims(replace(STRANGER, vat="CHE-1"))] == [None]


def test_an_unnamed_party_is_unknown() -> None:
    """An empty name equals no firm's, not even an empty one."""
    nameless = KnownFirm(UUID(int=7), "", "DE", "", {"vat": ""})
    found = _found(PartyOnPaper(""), [nameless])
    assert found.firm is None
    assert "not named" in found.remarks[0].detail


@pytest.mark.parametrize(
    ("name", "bare"),
    [("Muster GmbH & Co. KG", "muster"), ("Muster e.K.", "muster"), ("GmbH", "gmbh"), ("Kjær ApS", "kjaer")],
)
def test_a_legal_form_is_taken_off_the_end(name: str, bare: str) -> None:
    """A name that is nothing else stays."""
    assert without_legal_form(folded(name)) == bare
