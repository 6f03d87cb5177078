"""Changing a part of a row that remembers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, select

from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.held import Row
from ledger.subscriptions.holding import existing
from ledger.subscriptions.versioning import position_columns, supersede

POSITIONS = {column.name for column in position_columns()}


def standing(connection: Connection, table: Table, key: Mapping[str, Any]) -> Row:
    """Return the key's current row; raise `LookupError` when it has none, which no sound log leads to."""
    return existing(connection, table, key)


def revise(
    connection: Connection,
    table: Table,
    key: Mapping[str, Any],
    position: int,
    recorded_at: datetime,
    changes: Mapping[str, Any],
    *,
    row: Mapping[str, Any] | None = None,
) -> None:
    """Supersede the key's row by one that differs from it in `changes`; raise `LookupError` when it has none.

    `row` is the current row where the caller has read it already.
    """
    row = row or standing(connection, table, key)
    kept = {name: value for name, value in row.items() if name not in POSITIONS and name not in key}
    supersede(connection, table, key, position, recorded_at, {**kept, **changes})


def revise_all(
    connection: Connection, table: Table, those: ColumnElement[bool], recorded: Recorded, changes: Mapping[str, Any]
) -> None:
    """Revise every current row that the clause finds, in a table whose own key is `id`."""
    query = select(table.c.id).where(table.c.until_position.is_(None), those)
    for id_ in connection.scalars(query).all():
        revise(connection, table, {"id": id_}, recorded.position, recorded.recorded_at, changes)
