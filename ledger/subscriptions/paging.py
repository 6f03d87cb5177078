"""Long lists in pages: each begins behind the last row of the one before, whatever was added meanwhile."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, literal, tuple_
from sqlalchemy.types import TypeDecorator

# Wider numbers would be an error of the database instead of a bad cursor.
WIDEST = 2**63 - 1


class BadCursor(ValueError):
    """The cursor is none that this list has given out."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list; `next` is the cursor of the page behind it, None on the last one."""

    items: list[dict[str, Any]]
    next: str | None


def fetch(
    connection: Connection,
    query: Select[Any],
    keys: Sequence[ColumnElement[Any]],
    *,
    limit: int,
    cursor: str | None = None,
    descending: bool = False,
) -> tuple[Sequence[RowMapping], str | None]:
    """Return the rows of one page and the cursor of the next.

    `keys` are columns of the query that are never null and together unique; all rise or all fall.
    Raises `BadCursor`.
    """
    if cursor is not None:
        here = tuple_(*_read(cursor, keys))
        query = query.where(tuple_(*keys) < here if descending else tuple_(*keys) > here)
    ordered = query.order_by(*(key.desc() if descending else key.asc() for key in keys)).limit(limit + 1)
    rows = connection.execute(ordered).mappings().all()
    if len(rows) <= limit:
        return rows, None
    return rows[:limit], _write([rows[limit - 1][key] for key in keys])


def _write(values: Sequence[Any]) -> str:
    text = json.dumps([value.isoformat() if isinstance(value, date) else str(value) for value in values])
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str, keys: Sequence[ColumnElement[Any]]) -> list[ColumnElement[Any]]:
    try:
        padded = cursor + "=" * (-len(cursor) % 4)
        values = json.loads(base64.b64decode(padded, altchars="-_", validate=True))
        return [literal(_reader(key)(value), key.type) for key, value in zip(keys, values, strict=True)]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise BadCursor("This cursor is none that this list has given out.") from error


def _reader(key: ColumnElement[Any]) -> Callable[[Any], Any]:
    type_ = key.type.impl_instance if isinstance(key.type, TypeDecorator) else key.type
    return READERS[type_.python_type]


def _text(value: object) -> str:
    if not isinstance(value, str) or "\0" in value:
        raise ValueError
    value.encode()  # half a surrogate pair is an error of the database as well
    return value


def _whole(value: object) -> int:
    number = int(_text(value))
    if abs(number) > WIDEST:
        raise ValueError
    return number


def _moment(value: object) -> datetime:
    moment = datetime.fromisoformat(_text(value))
    if moment.tzinfo is None:
        raise ValueError
    return moment.astimezone(UTC)


READERS: dict[type, Callable[[Any], Any]] = {
    str: _text,
    int: _whole,
    date: lambda value: date.fromisoformat(_text(value)),
    datetime: _moment,
    UUID: lambda value: UUID(_text(value)),
}
