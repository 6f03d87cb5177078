"""What a firm's sector is called, never more precisely than the division of its NACE code (Rev. 2)."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

DIVISION = 2  # the first digits of a code
LANGUAGE = "en"  # sectors.json takes others beside it


def sector(nace: str | None, language: str = LANGUAGE) -> str | None:
    """Return "metalworking" for "25.62", the section's words where the division has none, None when unknown."""
    if nace is None:
        return None
    division = _words()["divisions"].get(nace[:DIVISION])
    if division is None:
        return None
    words: str | None = division.get(language) or _words()["sections"][division["section"]].get(language)
    return words


def describe(nace: str | None, country: str) -> str:
    """Return what is said of a firm instead of its name: "a firm in metalworking, DE"."""
    words = sector(nace)
    return f"a firm in {words}, {country}" if words else f"a firm, {country}"


@cache
def _words() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files(__package__).joinpath("sectors.json").read_text(encoding="utf-8"))
    return found
