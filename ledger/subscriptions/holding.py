"""Rows that handlers read and write: read once, seen as written at once, and written together when a batch is done.

A statement that a handler runs by itself finds everything written; after one that changes rows all is read again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Executable, Table

from ledger.subscriptions.held import HeldRows, Row


class Held:
    """What a transaction holds, or several in a row; `memory` is what a handler wants to find again."""

    def __init__(self) -> None:
        self._tables: dict[Table, HeldRows] = {}
        self.memory: dict[str, Any] = {}

    def of(self, table: Table) -> HeldRows:
        """Return what is held of a table."""
        rows = self._tables.get(table)
        if rows is None:
            rows = self._tables[table] = HeldRows(table)
        return rows

    def size(self) -> int:
        """Return how many keys are known, also of rows that are not there."""
        return sum(len(index.groups) for rows in self._tables.values() for index in rows.indexes.values())

    def write(self, connection: Connection) -> None:
        """Write everything; what was read stays."""
        for rows in self._tables.values():
            rows.write(connection)

    def before(self, connection: Connection, statement: Executable) -> None:
        """Write everything, for this statement reads the database; if it writes there, forget what was read."""
        self.write(connection)
        if not statement.is_select:
            self.forget()

    def forget(self) -> None:
        """Know nothing any more."""
        self._tables.clear()
        self.memory.clear()


class holding:  # noqa: N801 - read as a word: with holding(connection)
    """Hold rows until the end of the outermost of these blocks, and write them unless it fails."""

    __slots__ = ("_connection", "_held", "_outermost")

    def __init__(self, connection: Connection, kept: Held | None = None) -> None:
        """`kept` knows what an earlier transaction has left in the tables."""
        held: Held | None = connection.get_execution_options().get("holds")
        self._connection, self._outermost = connection, held is None
        self._held = held or kept or Held()

    def __enter__(self) -> Held:
        if self._outermost:
            self._connection.execution_options(holds=self._held)
        return self._held

    def __exit__(self, failed: object, *_: object) -> None:
        if self._outermost:
            if failed is None:
                self._held.write(self._connection)
            self._connection.execution_options(holds=None)


def rows(connection: Connection, table: Table, key: Mapping[str, Any]) -> Sequence[Row]:
    """Return the rows under a part of the table's key; of a versioned table those that are true now."""
    with holding(connection) as held:
        return held.of(table).find(connection, key)


def row(connection: Connection, table: Table, key: Mapping[str, Any]) -> Row | None:
    """Return the row of a key."""
    found = rows(connection, table, key)
    return found[0] if found else None


def existing(connection: Connection, table: Table, key: Mapping[str, Any]) -> Row:
    """Return the row of a key; raise `LookupError` when there is none, which no sound log leads to."""
    found = row(connection, table, key)
    if found is None:
        raise LookupError(f"{table.name} has no row {dict(key)}")
    return found


def begin(connection: Connection, key: Mapping[str, Any], *tables: Table) -> None:
    """Know that these tables have nothing under this part of their keys yet: it need not be looked for."""
    with holding(connection) as held:
        for table in tables:
            held.of(table).begin_under(connection, key)


def add(connection: Connection, table: Table, *new: Mapping[str, Any]) -> None:
    """Insert rows whose keys were never used before."""
    with holding(connection) as held:
        for one in new:
            held.of(table).add(one)


def put(connection: Connection, table: Table, whole: Mapping[str, Any]) -> None:
    """Let this be the row of its key."""
    with holding(connection) as held:
        held.of(table).replace(whole)


def remove(connection: Connection, table: Table, key: Mapping[str, Any]) -> None:
    """Let there be no row of this key."""
    with holding(connection) as held:
        held.of(table).remove(key)


def increase(connection: Connection, table: Table, amounts: Sequence[Mapping[str, Any]]) -> None:
    """Add to each row of these keys what is given beside its key, beginning with nothing; amounts are numbers.

    Such rows are read by queries alone: `rows` does not see what was added.
    """
    with holding(connection) as held:
        held.of(table).increase(amounts)
