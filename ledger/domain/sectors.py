"""What a firm's sector is called, never more precisely than the division of its NACE code (Rev. 2)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

DIVISION = 2  # the first digits of a code
LANGUAGE = "en"  # sectors.json has others beside it
# What is said of a firm with a sector, and of one without, in languages other than that of `describe`.
SAID = {
    "de": ("ein Betrieb der Branche {sector}, {country}", "ein Betrieb, {country}"),
    "da": ("en virksomhed inden for {sector}, {country}", "en virksomhed, {country}"),
}
NOBODY = {"en": "a firm", "de": "ein Betrieb", "da": "en virksomhed"}


def sector(nace: str | None, language: str = LANGUAGE) -> str | None:
    """Return "metalworking" for "25.62", the section's words where the division has none, None when unknown."""
    if nace is None:
        return None
    division = _words()["divisions"].get(nace[:DIVISION])
    if division is None:
        return None
    words: str | None = division.get(language) or _words()["sections"][division["section"]].get(language)
    return words


def every_division() -> list[str]:
    """Return the divisions that have words."""
    return list(_words()["divisions"])


def describe(nace: str | None, country: str) -> str:
    """Return what is said of a firm instead of its name: "a firm in metalworking, DE"."""
    words = sector(nace)
    return f"a firm in {words}, {country}" if words else f"a firm, {country}"


def described_in(description: str, language: str) -> str:
    """Return what `describe` says, in another language; what it has never said stays as it is."""
    if language == LANGUAGE:
        return description
    with_sector, without = SAID[language]
    words, _, country = description.rpartition(", ")
    if not words:
        return NOBODY[language] if description == NOBODY[LANGUAGE] else description
    in_ = words.removeprefix("a firm in ")
    known = _others()[language].get(in_)
    if words == "a firm":
        return without.format(country=country)
    return with_sector.format(sector=known, country=country) if known and in_ != words else description


@cache
def _others() -> dict[str, dict[str, str]]:
    """Return the English words of every section and division, with those of each other language."""
    every = [*_words()["sections"].values(), *_words()["divisions"].values()]
    return {language: {one[LANGUAGE]: one[language] for one in every if language in one} for language in SAID}


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("sectors.json").read_text(encoding="utf-8"))
    return found
