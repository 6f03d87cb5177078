"""A sector in words: the division of a NACE code, and nothing closer."""

from __future__ import annotations

import pytest

from ledger.domain.sectors import describe, described_in, sector


@pytest.mark.parametrize("nace", ["25", "25.6", "25.62"])
def test_it_is_never_more_precise_than_the_division(nace: str) -> None:
    """However many digits the code has."""
    assert sector(nace) == "metalworking"
    assert describe(nace, "DE") == "a firm in metalworking, DE"


@pytest.mark.parametrize("nace", [None, "", "00.1", "04", "x"])
def test_an_unknown_sector_is_left_out(nace: str | None) -> None:
    """Nothing is made up."""
    assert sector(nace) is None
    assert describe(nace, "DK") == "a firm, DK"


def test_a_language_without_words_has_none() -> None:
    """Until somebody adds them to the file."""
    assert sector("25", "xx") is None


@pytest.mark.parametrize(
    ("said", "german"),
    [
        ("a firm in metalworking, DE", "ein Betrieb der Branche Metallbearbeitung, DE"),
        ("a firm in glass, ceramics and stone, DK", "ein Betrieb der Branche Glas, Keramik und Steine, DK"),
        ("a firm, DK", "ein Betrieb, DK"),
        ("a firm", "ein Betrieb"),
        ("something else", "something else"),
    ],
)
def test_what_is_said_of_a_firm_is_said_in_the_reader_s_language(said: str, german: str) -> None:
    """Every section and division has its words; what nobody has said stays as it is."""
    assert described_in(said, "de") == german
    assert described_in(said, "en") == said
