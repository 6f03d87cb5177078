"""Rows that remember: each is true from one position until another, so the past is a WHERE clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    FromClause,
    Table,
    and_,
    or_,
)

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.held import Row
from ledger.subscriptions.holding import add, holding, row, rows


def position_columns() -> list[Column[Any]]:
    """Return new columns for a versioned table; its primary key is the row's own key and `since_position`."""
    return [
        Column("since_position", BigInteger, nullable=False),
        Column("until_position", BigInteger, nullable=True),
        Column("since_time", UTCDateTime, nullable=False),
    ]


@lru_cache(maxsize=512)  # every query has it, most of them of the same few positions
def as_of(table: FromClause, position: int | BindParameter[int]) -> ColumnElement[bool]:
    """Return the clause for the rows that were true at `position`."""
    until = table.c.until_position
    return and_(table.c.since_position <= position, or_(until.is_(None), until > position))


def supersede(
    connection: Connection,
    table: Table,
    key: Mapping[str, Any],
    position: int,
    recorded_at: datetime,
    values: Mapping[str, Any] | None,
) -> None:
    """Close the key's current row at `position` and begin one with `values`; None only closes."""
    close(connection, table, [key], position)
    if values is not None:
        add(connection, table, {**key, **values, "since_position": position, "since_time": recorded_at})


def close(connection: Connection, table: Table, keys: Sequence[Mapping[str, Any]], position: int) -> None:
    """Close the current rows of these keys at `position`."""
    with holding(connection) as held:
        for key in keys:
            held.of(table).close(key, position)


def current(connection: Connection, table: Table, key: Mapping[str, Any]) -> Row | None:
    """Return the key's row that is true now, for handlers that change a part of it."""
    return row(connection, table, key)


def currents(connection: Connection, table: Table, key: Mapping[str, Any]) -> Sequence[Row]:
    """Return all rows that are true now under a part of the table's key."""
    return rows(connection, table, key)
