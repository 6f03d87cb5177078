"""Sectors in the reader's language: what one is called, and all of them to choose from."""

from __future__ import annotations

from ledger.dashboards.words import language
from ledger.domain.sectors import every_division, sector


def sector_name(nace: str | None) -> str | None:
    """Return what the sector of a NACE code is called, as a heading; None when unknown."""
    words = sector(nace, language()) or sector(nace)
    return words and words[:1].upper() + words[1:]


def sector_choices(nothing: str) -> list[tuple[str, str]]:
    """Return the divisions by their names, behind the words for none chosen."""
    named = [(division, sector_name(division) or division) for division in every_division()]
    return [("", nothing), *sorted(named, key=lambda one: one[1].casefold())]
