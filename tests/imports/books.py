"""Old books: valid records of every kind, and how they are written down as a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.terms import Field, Rows

ROLES = "parties"


def table(bodies: Sequence[Mapping[str, Any]], separator: str = ",", decimal: str = "point") -> str:
    """Write records as CSV, with the columns that they need."""
    rows = [dict(cells_of(body, decimal)) for body in bodies]
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, names, delimiter=separator, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def cells_of(body: Mapping[str, Any], decimal: str = "point") -> Iterator[tuple[str, str]]:
    """Yield the cells of a record that are not empty."""
    kind = kind_named(body["kind"])
    for role in kind.roles:
        named = [str(party["firm"]) for party in body["parties"] if party["role"] == role.name]
        yield role.name, "|".join(named)
    for name, value in body.items():
        if name == "terms":
            for field in kind.fields:
                yield from _term(field, value.get(field.name), field.name, decimal)
        elif name != ROLES:
            yield from _flat(name, value)


def _term(field: Field, value: Any, name: str, decimal: str) -> Iterator[tuple[str, str]]:
    if value is None:
        return
    if isinstance(field.type, Rows):
        for n, row in enumerate(value, 1):
            for inner in field.type.fields:
                yield from _term(inner, row.get(inner.name), f"{name}.{n}.{inner.name}", decimal)
        return
    for column, text in _flat(name, value):
        number = column.endswith((".amount", ".share")) or column == "hours"
        yield column, text.replace(".", ",") if decimal == "comma" and number else text


def _flat(name: str, value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for inner, one in value.items():
            yield from _flat(f"{name}.{inner}", one)
    elif isinstance(value, list):
        for n, one in enumerate(value, 1):
            yield from _flat(f"{name}.{n}", one)
    elif isinstance(value, bool):
        yield name, "yes" if value else "no"
    elif value is not None:
        yield name, str(value)
