"""What a piece of joint work says in words: what was agreed, and what happened to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from babel import dates, numbers
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from ledger.dashboards.event_words import EVENTS
from ledger.dashboards.formats import locale, written
from ledger.dashboards.labels import label

TERMS = {
    "value": _("Value"),
    "period": _("Period"),
    "on": _("Day"),
    "topic": _("Topic"),
    "people": _("People"),
    "hours": _("Hours"),
    "saving": _("Saving"),
    "invoice": _("Invoice"),
    "resource": _("Resource"),
}
SAID = ("reason", "statement", "note")


@dataclass(frozen=True, slots=True)
class Step:
    """One event: what happened, who did it, what they said."""

    position: int
    recorded_at: str
    what: str
    who: str
    words: str


def events(told: Sequence[Mapping[str, Any]], who: Sequence[str]) -> list[Step]:
    """Return the events in their order, with those who did them."""
    return [
        Step(one["position"], one["recorded_at"], label(EVENTS, one["type"]), by, _words(one))
        for one, by in zip(told, who, strict=True)
    ]


def terms(found: Mapping[str, Any], names: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return what was agreed, a line each; what a later kind adds is shown under its own name."""
    return [(label(TERMS, name), text) for name, value in found.items() for text in _written(value, names)]


def _words(told: Mapping[str, Any]) -> str:
    return " ".join(str(told["data"][name]) for name in SAID if told["data"].get(name))


def _written(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    if isinstance(value, list):
        for row in value:
            yield from _written(row, names)
    elif isinstance(value, dict):
        yield _record(value, names)
    elif value is not None and value != "":
        yield _plain(value, names)


def _record(value: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if {*value} == {"amount", "currency"}:
        amount: str = numbers.format_currency(Decimal(str(value["amount"])), value["currency"], locale=locale())
        return amount
    if {*value} == {"from", "to"}:
        return f"{_plain(value['from'], names)} – {_plain(value['to'], names)}"
    return ", ".join(text for one in value.values() for text in _written(one, names))


def _plain(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return str(gettext("yes") if value else gettext("no"))
    if isinstance(value, int | float):
        return written(value, 0 if value == int(value) else 1)
    text = names.get(str(value), str(value))
    try:
        found: str = dates.format_date(date.fromisoformat(text), "medium", locale=locale())
    except ValueError:
        return text
    return found
