"""Columns of a table: a column is named after its place in the JSON, and counts list entries from 1.

`value.amount`, `period.from`, `work_packages.2.firm`. Terms stand by their own names, parties in a column
for each role.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from ledger.domain.errors import LedgerError
from ledger.domain.kinds.catalogue import KINDS, kind_named
from ledger.domain.kinds.terms import Amount, Day, Field, Number, Period, Rows, Whole

MOST_ENTRIES = 200
BETWEEN_FIRMS = "|"
GERMAN_DAY = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
WHOLE = re.compile(r"-?\d{1,18}", re.ASCII)
YES_NO = {"true": True, "yes": True, "ja": True, "false": False, "no": False, "nein": False, "nej": False}
COMMA_EXPECTED = (
    "With --decimal comma a number is written as 48200,00, without a point and without groups of thousands."
)


class Wrong(Exception):
    """A cell cannot mean what its column says."""


Reading = Callable[[str, str], Any]  # the text of a cell, and the sign of decimals


def text(cell: str, _: str) -> str:
    """Take it as it is: what begins like a formula is a text like any other."""
    return cell


def day(cell: str, _: str) -> str:
    """Read 2021-11-06, or 06.11.2021 as it is written in Germany; anything else is refused later, as it stands."""
    found = GERMAN_DAY.fullmatch(cell)
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else cell


def whole(cell: str, _: str) -> int | str:
    """Read a whole number."""
    return int(cell) if WHOLE.fullmatch(cell) else cell


def decimal(cell: str, sign: str) -> str:
    """Read a decimal number into the one with a point."""
    if sign == "point":
        return cell
    if "." in cell:
        raise Wrong(COMMA_EXPECTED)
    return cell.replace(",", ".")


def yes_or_no(cell: str, _: str) -> bool | str:
    """Read an answer in one of the network's languages."""
    return YES_NO.get(cell.lower(), cell)


def firms(cell: str, _: str) -> list[str]:
    """Read one firm or several."""
    return [one.strip() for one in cell.split(BETWEEN_FIRMS)]


@dataclass(frozen=True, slots=True)
class Column:
    """Where a cell belongs in the JSON (`#` for the number of an entry) and how it is read; `role` marks parties."""

    path: tuple[str, ...]
    read: Reading
    role: str | None = None


OF_EVERY_KIND: dict[str, Column] = {
    **{name: Column((name,), text) for name in ("key", "kind", "title", "proposed_by", "document")},
    **{name: Column((name,), day) for name in ("recorded_on", "completed_on")},
    **{f"evidence.#.{name}": Column(("evidence", "#", name), text) for name in ("sha256", "media_type", "title")},
    **{
        f"assessments.#.{name}": Column(("assessments", "#", name), read)
        for name, read in (
            *(("about", text), ("comment", text), ("defects", whole), ("rating", whole)),
            *(("on_time", yes_or_no), ("accepted", yes_or_no), ("paid_on_time", yes_or_no)),
        )
    },
    "confirmed.#.firm": Column(("confirmed", "#", "firm"), text),
    "confirmed.#.on": Column(("confirmed", "#", "on"), day),
}


@cache
def columns_of(kind: str) -> dict[str, Column]:
    """Return the columns that a kind has, by name; those of every kind when there is no such kind."""
    try:
        declared = kind_named(kind)
    except LedgerError:
        return OF_EVERY_KIND
    roles = {role.name: Column((), firms, role.name) for role in declared.roles}
    terms = {name: column for field in declared.fields for name, column in _of_term(field, ("terms",))}
    return {**OF_EVERY_KIND, **roles, **terms}


@cache
def known_columns() -> dict[str, tuple[str, ...]]:
    """Return all columns of all kinds, each with the kinds that have it."""
    names = dict.fromkeys(name for kind in KINDS for name in columns_of(kind.name))
    return {name: tuple(kind.name for kind in KINDS if name in columns_of(kind.name)) for name in names}


def pattern_of(name: str) -> tuple[str, int | None]:
    """Take the number of the entry out of a column's name: "purchases.2.firm" is "purchases.#.firm" and 2."""
    steps = name.split(".")
    number = int(steps[1]) if len(steps) > 2 and WHOLE.fullmatch(steps[1]) else None  # noqa: PLR2004 - list, number, field
    if number is None or not 1 <= number <= MOST_ENTRIES:
        return name, None
    return ".".join([steps[0], "#", *steps[2:]]), number


def _of_term(field: Field, above: tuple[str, ...]) -> Iterator[tuple[str, Column]]:
    path = (*above, field.name)
    named = ".".join(path[1:])
    if isinstance(field.type, Amount):
        yield f"{named}.amount", Column((*path, "amount"), decimal)
        yield f"{named}.currency", Column((*path, "currency"), text)
    elif isinstance(field.type, Period):
        yield f"{named}.from", Column((*path, "from"), day)
        yield f"{named}.to", Column((*path, "to"), day)
    elif isinstance(field.type, Rows):
        for inner in field.type.fields:
            yield from _of_term(inner, (*path, "#"))
    else:
        reads: dict[type, Reading] = {Day: day, Whole: whole, Number: decimal}
        yield named, Column(path, reads.get(type(field.type), text))
