"""Transactions on the read models' database, and what else the two databases do in ways of their own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from functools import cache
from typing import Any, cast

import psycopg
from sqlalchemy import Connection, Engine, Table, TextClause, exc, text

from ledger import files
from ledger.patience import Patient, unhurried

# Guards the creation of tables against other processes; the store's migration has a number of its own.
MIGRATION = 7_204_113


def writing(engine: Engine) -> AbstractContextManager[Connection]:
    """Begin a transaction that writes."""
    return engine.execution_options(writing=True).begin()


def reading(engine: Engine) -> AbstractContextManager[Connection]:
    """Begin a transaction in which every query sees the same state."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    return engine.begin()


@contextmanager
def migrating(engine: Engine) -> Iterator[Connection]:
    """Begin a transaction that creates tables; racing processes queue for it."""
    with writing(engine) as connection, _unhurried(connection):
        _lock(connection, MIGRATION)
        yield connection


@contextmanager
def guarded(engine: Engine, number: int) -> Iterator[Connection]:
    """Begin a transaction that writes; in any process only one of this number runs at a time."""
    with writing(engine) as connection:
        _lock(connection, number)
        yield connection


@contextmanager
def switching(engine: Engine, guard: Table, tables: Sequence[str]) -> Iterator[Connection]:
    """Begin a transaction that renames tables while nobody reads or writes what the guard table speaks of.

    Waits only briefly for readers, who would queue up behind it; then the database is "in trouble", as when locked.
    """
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            # First ask the housekeeping off the tables, which readers do not notice; it takes a second to obey.
            connection.execute(text("SET LOCAL lock_timeout = '5s'"))
            # nosemgrep: sql-of-text - tables of ours
            connection.execute(text(f"LOCK TABLE {', '.join(tables)} IN SHARE UPDATE EXCLUSIVE MODE"))
            connection.execute(text("SET LOCAL lock_timeout = '300ms'"))
            # nosemgrep: sql-of-text - a table of ours
            connection.execute(text(f"LOCK TABLE {guard.name} IN ACCESS EXCLUSIVE MODE"))
        yield connection


def one_writes_at_a_time(engine: Engine) -> bool:
    """Tell whether a transaction that writes keeps all others from writing, whatever tables they write."""
    return engine.dialect.name == "sqlite"


def pin(connection: Connection, guard: Table) -> None:
    """Let no tables be renamed until this transaction ends; call it before anything is read.

    PostgreSQL finds a table by its name when it is first read, which may be after the snapshot was taken.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_pinning(guard))


def analyse(connection: Connection, tables: Sequence[str]) -> None:
    """Let PostgreSQL know what new tables hold before they are read."""
    if connection.dialect.name == "postgresql":
        for name in tables:
            # nosemgrep: sql-of-text - tables of ours
            connection.execute(text(f"ANALYZE {name}"))


def write_anew(engine: Engine) -> bool:
    """Write the database's own files anew, without what was deleted or replaced; False when a reader is in the way.

    SQLite keeps such rows in free pages and in the write-ahead log. PostgreSQL cleans up by itself, and does not need
    to be asked: what it archives is the operator's to expire.
    """
    if engine.dialect.name == "postgresql" or not engine.url.database:
        return True
    with closing(engine.raw_connection()) as connection:
        connection.cursor().execute("VACUUM")
        busy: int = connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    return not busy


def is_trouble(error: BaseException) -> bool:
    """Tell whether the database is in trouble (lost, locked, full, restarting, damaged): trying again may help.

    SQLite reports a wrong statement in the same class as a locked file; only its code tells them apart.
    """
    if isinstance(error, exc.TimeoutError):
        return True
    cause = error.orig if isinstance(error, exc.DBAPIError) else error
    if isinstance(cause, sqlite3.OperationalError):
        return files.code(cause) not in ("", "SQLITE_ERROR")
    if files.is_damaged(cause):
        return True
    return isinstance(cause, psycopg.OperationalError | psycopg.InterfaceError)


def _lock(connection: Connection, number: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": number})


def _unhurried(connection: Connection) -> AbstractContextManager[None]:
    if connection.dialect.name != "postgresql":
        return nullcontext()
    return unhurried(cast("Patient[Any]", connection.connection.dbapi_connection))


@cache  # asked before every reading
def _pinning(guard: Table) -> TextClause:
    # nosemgrep: sql-of-text - a table of ours
    return text(f"LOCK TABLE {guard.name} IN ACCESS SHARE MODE")
