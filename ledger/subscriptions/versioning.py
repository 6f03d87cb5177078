"""Rows that remember: each is true from one position until another, so the past is a WHERE clause."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, ColumnElement, Connection, RowMapping, Table, and_, or_, select

from ledger.subscriptions.columns import UTCDateTime


def position_columns() -> list[Column[Any]]:
    """Return new columns for a versioned table; its primary key is the row's own key and `since_position`."""
    return [
        Column("since_position", BigInteger, nullable=False),
        Column("until_position", BigInteger, nullable=True),
        Column("since_time", UTCDateTime, nullable=False),
    ]


def as_of(table: Table, position: int) -> ColumnElement[bool]:
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
    connection.execute(table.update().where(_is_current(table, key)).values(until_position=position))
    if values is not None:
        row = {**key, **values, "since_position": position, "since_time": recorded_at}
        connection.execute(table.insert().values(row))


def current(connection: Connection, table: Table, key: Mapping[str, Any]) -> RowMapping | None:
    """Return the key's row that is true now, for handlers that change a part of it."""
    return connection.execute(select(table).where(_is_current(table, key))).mappings().one_or_none()


def _is_current(table: Table, key: Mapping[str, Any]) -> ColumnElement[bool]:
    same = (table.c[name] == value for name, value in key.items())
    return and_(*same, table.c.until_position.is_(None))
