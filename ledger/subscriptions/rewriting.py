"""Rewriting all rows of one thing at once; those that stay the same keep the position they are true since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Table, and_, select

from ledger.subscriptions.event_log import Recorded

VERSIONING = {"since_position", "until_position", "since_time"}


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
    present = {_key(table, row): row for row in _present(connection, table, thing)}
    same = {key for key, row in wanted.items() if key in present and _content(present[key]) == row}
    for key in present.keys() - same:
        _close(connection, table, key, recorded.position)
    stamp = {"since_position": recorded.position, "since_time": recorded.recorded_at}
    if new := [{**row, **stamp} for key, row in wanted.items() if key not in same]:
        connection.execute(table.insert(), new)


def _present(connection: Connection, table: Table, thing: Mapping[str, Any]) -> list[dict[str, Any]]:
    of_thing = (table.c[name] == value for name, value in thing.items())
    rows = connection.execute(select(table).where(*of_thing, table.c.until_position.is_(None)))
    return [dict(row) for row in rows.mappings()]


def _key(table: Table, row: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(row[name] for name in _key_names(table))


def _key_names(table: Table) -> list[str]:
    return [column.name for column in table.primary_key if column.name not in VERSIONING]


def _content(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in VERSIONING}


def _close(connection: Connection, table: Table, key: tuple[Any, ...], position: int) -> None:
    same = (table.c[name] == value for name, value in zip(_key_names(table), key, strict=True))
    closing = table.update().where(and_(*same, table.c.until_position.is_(None)))
    connection.execute(closing.values(until_position=position))
