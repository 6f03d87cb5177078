"""Terms as fields of a form: derived from the kind's declaration, filled in from JSON, and read back into it.

A field is called by the JSON pointer of what it holds, with dashes: `terms-value-amount`. So a fault finds its field.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from babel.numbers import NumberFormatError, parse_decimal

from ledger.dashboards.formats import locale
from ledger.domain.kinds.terms import Amount, Field, Number, Period, Rows, Whole

PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)
FIGURES = re.compile("[-0-9.,' \N{NO-BREAK SPACE}]{1,40}", re.ASCII)
FEWEST_ROWS, MOST_ROWS = 2, 50

Values = Mapping[str, str]


def shape(field: Field) -> str:
    """Return what a field takes, as templates know it: text, whole, number, choice, day, period, amount, firm, rows."""
    return type(field.type).__name__.lower()


def read(fields: Sequence[Field], values: Values, prefix: str = "terms") -> dict[str, Any]:
    """Return the JSON that a form says; what is empty is left out, what makes no sense stays as it was typed."""
    found = {field.name: _read(field, values, f"{prefix}-{field.name}") for field in fields}
    return {name: value for name, value in found.items() if value not in (None, {}, [])}


def written(fields: Sequence[Field], terms: Mapping[str, Any], prefix: str = "terms") -> dict[str, str]:
    """Return the values with which a form shows these terms."""
    values: dict[str, str] = {}
    for field in fields:
        if terms.get(field.name) is not None:
            values |= _written(field, terms[field.name], f"{prefix}-{field.name}")
    return values


def rows_shown(field: Field, values: Values, prefix: str = "terms", more: int = 0) -> range:
    """Return the numbers of the rows to show of a list: what is filled in, and room for more."""
    name = f"{prefix}-{field.name}-"
    filled = [int(key[len(name) :].split("-")[0]) for key, text in values.items() if _is_row(key, name) and text]
    return range(min(MOST_ROWS, max([FEWEST_ROWS, *(number + 1 for number in filled)]) + more))


def all_rows(fields: Sequence[Field], values: Values, more: int = 0) -> dict[str, range]:
    """Return the numbers of the rows to show of every list among these fields."""
    return {field.name: rows_shown(field, values, more=more) for field in fields if isinstance(field.type, Rows)}


def number(text: str) -> str:
    """Return a number as JSON writes it, however the reader's language does; else the text itself."""
    try:
        return f"{parse_decimal(text, locale=locale(), strict=True):f}" if FIGURES.fullmatch(text) else text
    except NumberFormatError:
        return text


def _is_row(key: str, name: str) -> bool:
    place = key.removeprefix(name).split("-")[0]
    return key.startswith(name) and place.isascii() and place.isdecimal() and int(place[:9]) < MOST_ROWS


def _read(field: Field, values: Values, id_: str) -> Any:
    match field.type:
        case Amount():
            amount = values.get(f"{id_}-amount", "")
            return {"amount": number(amount), "currency": values.get(f"{id_}-currency", "")} if amount else None
        case Period():
            days = {end: values.get(f"{id_}-{end}", "") for end in ("from", "to")}
            return days if any(days.values()) else None
        case Rows(fields=inner):
            return _read_rows(inner, values, id_)
        case Whole():
            typed = number(values.get(id_, ""))
            return int(typed) if PLAIN.fullmatch(typed) and "." not in typed else typed or None
        case Number():
            return number(values.get(id_, "")) or None
        case _:
            return values.get(id_) or None


def _read_rows(fields: Sequence[Field], values: Values, id_: str) -> list[dict[str, Any]]:
    """Return the rows that somebody filled in; a choice alone, which a browser makes by itself, fills nothing in."""
    numbers = sorted({int(key[len(id_) + 1 :].split("-")[0]) for key in values if _is_row(key, f"{id_}-")})
    rows = [read(fields, values, f"{id_}-{place}") for place in numbers]
    chosen = {field.name for field in fields if shape(field) in ("choice", "firm")}
    return [row for row in rows if row.keys() - chosen]


def _written(field: Field, value: Any, id_: str) -> dict[str, str]:
    match field.type:
        case Amount():
            return {f"{id_}-amount": _in_figures(value["amount"]), f"{id_}-currency": value["currency"]}
        case Period():
            return {f"{id_}-from": value["from"], f"{id_}-to": value["to"]}
        case Rows(fields=inner):
            found: dict[str, str] = {}
            for place, row in enumerate(value):
                found |= written(inner, row, f"{id_}-{place}")
            return found
        case Number():
            return {id_: _in_figures(value)}
        case _:
            return {id_: str(value)}


def _in_figures(value: str | float) -> str:
    """Write a number to be edited: no groups of thousands, the decimal sign of the language."""
    return f"{Decimal(str(value)):f}".replace(".", locale().number_symbols["latn"]["decimal"])
