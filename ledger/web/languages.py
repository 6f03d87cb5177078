"""The languages that the ledger speaks to people, and which of them a caller reads."""

from __future__ import annotations

from collections.abc import Iterable

from flask import request

LANGUAGES = ("en", "de", "da")
FALLBACK = "en"


def preferred() -> str:
    """Return the first of the caller's languages that is one of ours."""
    return _first(tag for tag, quality in request.accept_languages if quality > 0) or FALLBACK


def chosen(tag: str) -> str:
    """Return the language that was asked for by its tag, or else the preferred one."""
    return _first([tag]) or preferred()


def _first(tags: Iterable[str]) -> str | None:
    """Whatever its region: de-AT is German."""
    wanted = (tag.partition("-")[0].lower() for tag in tags)
    return next((language for language in wanted if language in LANGUAGES), None)
