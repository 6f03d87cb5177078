"""Rows that remember: each is true from one position until another, so the past is a WHERE clause."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Insert,
    RowMapping,
    Select,
    Table,
    Update,
    and_,
    bindparam,
    or_,
    select,
)

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
    close(connection, table, [key], position)
    if values is not None:
        row = {**key, **values, "since_position": position, "since_time": recorded_at}
        connection.execute(_inserting(table), row)


def close(connection: Connection, table: Table, keys: Sequence[Mapping[str, Any]], position: int) -> None:
    """Close the current rows of these keys, which name the same columns, at `position`."""
    if keys:
        rows = [{**_bound(key), "closed_at": position} for key in keys]
        connection.execute(_closing(table, tuple(keys[0])), rows)


def current(connection: Connection, table: Table, key: Mapping[str, Any]) -> RowMapping | None:
    """Return the key's row that is true now, for handlers that change a part of it."""
    return connection.execute(_selecting(table, tuple(key)), _bound(key)).mappings().one_or_none()


def currents(connection: Connection, table: Table, key: Mapping[str, Any]) -> Sequence[RowMapping]:
    """Return all rows that are true now under a part of the table's key."""
    return connection.execute(_selecting(table, tuple(key)), _bound(key)).mappings().all()


# Statements are built once: a handler runs several for every event, and building costs more than running.


@cache
def _inserting(table: Table) -> Insert:
    return table.insert()


@cache
def _closing(table: Table, names: tuple[str, ...]) -> Update:
    return table.update().where(_is_current(table, names)).values(until_position=bindparam("closed_at"))


@cache
def _selecting(table: Table, names: tuple[str, ...]) -> Select[Any]:
    return select(table).where(_is_current(table, names))


def _is_current(table: Table, names: tuple[str, ...]) -> ColumnElement[bool]:
    same = (table.c[name] == bindparam(f"key_{name}", type_=table.c[name].type) for name in names)
    return and_(*same, table.c.until_position.is_(None))


def _bound(key: Mapping[str, Any]) -> dict[str, Any]:
    return {f"key_{name}": value for name, value in key.items()}
