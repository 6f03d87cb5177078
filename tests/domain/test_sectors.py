"""A sector in words: the division of a NACE code, and nothing closer."""

from __future__ import annotations

import pytest

from ledger.domain.sectors import describe, sector


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
