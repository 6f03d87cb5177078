"""Statements that write rows, as each of the two databases says them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Any

import psycopg
from sqlalchemy import Connection, Dialect, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

from ledger.subscriptions.opening import renamed

# So many rows are worth a COPY.
MANY = 20


def upsert(connection: Connection, table: Table, keys: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    """Insert the row of these keys, or set `values` in it when it is there; `keys` are unique together."""
    statement = _upserting(table, tuple(keys), tuple(values), connection.dialect.name)
    connection.execute(statement, {**keys, **values})


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows that name every column."""
    if connection.dialect.name == "postgresql" and len(rows) >= MANY:
        _copy(connection, table, rows)
    else:
        connection.execute(_inserting(table), rows)


# Statements are built once: a handler runs several for every event, and building costs more than running.


@cache
def _inserting(table: Table) -> Insert:
    return table.insert().execution_options(held=True)


@cache
def _upserting(table: Table, keys: tuple[str, ...], names: tuple[str, ...], dialect: str) -> Insert:
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    if not names:
        return statement.on_conflict_do_nothing(index_elements=list(keys))
    return statement.on_conflict_do_update(
        index_elements=list(keys), set_={name: statement.excluded[name] for name in names}
    )


@cache
def replacing(table: Table, dialect: str) -> Insert:
    """Return the statement that inserts a row, or puts it in the place of that with its key."""
    names = [column.name for column in table.columns]
    keys = table.primary_key.columns.keys()
    return _upserting(table, tuple(keys), tuple(name for name in names if name not in keys), dialect)


@cache
def increasing(table: Table, dialect: str) -> Insert:
    """Return the statement that adds to a row, beginning with nothing."""
    statement = postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
    amounts = [column.name for column in table.columns if not column.primary_key]
    added = {name: table.c[name] + statement.excluded[name] for name in amounts}
    return statement.on_conflict_do_update(index_elements=list(table.primary_key.columns.keys()), set_=added)


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    quoted, binds = _columns(table, connection.dialect)
    statement = renamed(connection, f"COPY {table.name} ({', '.join(quoted)}) FROM STDIN")
    raw: psycopg.Connection[Any] = connection.connection.driver_connection  # type: ignore[assignment]
    with raw.cursor() as cursor, cursor.copy(statement.encode()) as copy:
        for row in rows:
            copy.write_row([bind(row[name]) for name, bind in zip(table.columns.keys(), binds, strict=True)])


@cache
def _columns(table: Table, dialect: Dialect) -> tuple[Sequence[str], Sequence[Callable[[Any], Any]]]:
    kinds = [column.type.dialect_impl(dialect) for column in table.columns]
    quoted = [dialect.identifier_preparer.quote(column.name) for column in table.columns]  # such as "on"
    return quoted, [kind.bind_processor(dialect) or _as_it_is for kind in kinds]


def _as_it_is(value: Any) -> Any:
    return value
