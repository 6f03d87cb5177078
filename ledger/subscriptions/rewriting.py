"""Rewriting all rows of one thing at once; those that stay the same keep the position they are true since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table

from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.held import VERSIONING
from ledger.subscriptions.holding import add
from ledger.subscriptions.versioning import close, currents


def rewrite(
    connection: Connection,
    table: Table,
    thing: Mapping[str, Any],
    rows: Iterable[Mapping[str, Any]],
    recorded: Recorded,
) -> None:
    """Make `rows` the present ones of `thing` in a versioned table, and close those that are not among them.

    `thing` is the common part of the rows' keys, for example one collaboration; `rows` hold all other columns.
    """
    wanted = {_key(table, row): dict(row) for row in ({**thing, **row} for row in rows)}
    present = {_key(table, row): row for row in currents(connection, table, thing)}
    same = {key for key, row in wanted.items() if key in present and _content(present[key]) == row}
    gone = [dict(zip(_key_names(table), key, strict=True)) for key in present if key not in same]
    close(connection, table, gone, recorded.position)
    stamp = {"since_position": recorded.position, "since_time": recorded.recorded_at}
    if new := [{**row, **stamp} for key, row in wanted.items() if key not in same]:
        add(connection, table, *new)


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _key_names(table))


def _key_names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name not in VERSIONING]


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in VERSIONING}
