"""Opening a database, for read models or for what has no log behind it: how connections of each kind begin and end."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

from ledger import files
from ledger.subscriptions.postgresql_connection import connect

# Seconds to wait for another writer of the same SQLite file.
LOCK_TIMEOUT = 5


def open_database(url: str) -> Engine:
    """Open "memory:", "sqlite:///path" or "postgresql://…"; connects on first use.

    Errors of the engine name no parameters: checkpoints and logs keep their text, and it may be personal.
    """
    engine = _open(url)
    event.listen(engine, "before_execute", _write_held)
    event.listen(engine, "before_cursor_execute", _rename, retval=True)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        event.listen(engine, "connect", _mark_read_only)
        event.listen(engine, "checkin", _drop_read_only)
    return engine


def open_existing(url: str) -> Engine:
    """Open a database for what cannot be made again: no file is created, and what is committed is on disk."""
    if not url.startswith("sqlite:///"):
        return open_database(url)
    path = quote(url.removeprefix("sqlite:///"))
    return open_lasting(f"sqlite:///file:{path}?mode=rw&uri=true")


def open_lasting(url: str) -> Engine:
    """Open a database, a new one as well, for what has no log behind it: what is committed is on disk."""
    engine = open_database(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _flush_sqlite)
    return engine


def renamed(connection: Connection, statement: str) -> str:
    """Return the statement with the names of the tables that this connection reaches in place of those it names."""
    change: Callable[[str], str] | None = connection.get_execution_options().get("renamed")
    return change(statement) if change else statement


def _open(url: str) -> Engine:
    if url.startswith("postgresql://"):
        return _open_postgresql(url)
    return _open_memory() if url == "memory:" else _open_file(url)


def _open_postgresql(url: str) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=partial(connect, url),
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=5,
        max_overflow=10,
        pool_timeout=2,
    )


def _open_memory() -> Engine:
    # One connection, lent to one thread at a time: each connection would have a database of its own.
    return create_engine(
        "sqlite://",
        hide_parameters=True,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=LOCK_TIMEOUT,
        connect_args={"check_same_thread": False},
    )


def _open_file(url: str) -> Engine:
    if "?mode=rw&" not in url:
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    return create_engine(
        url, hide_parameters=True, connect_args={"timeout": LOCK_TIMEOUT}, pool_size=5, max_overflow=20
    )


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN comes late, and not before a SELECT
    # NORMAL may lose the last transactions in a power cut: they are read again from the log.
    connection.execute("PRAGMA synchronous=NORMAL")
    files.set_wal(connection, LOCK_TIMEOUT)


def _flush_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.execute("PRAGMA synchronous=FULL")


def _begin_sqlite(connection: Connection) -> None:
    """Take the write lock at the beginning: one asked for in the middle is refused without waiting."""
    writes = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _mark_read_only(connection: sqlite3.Connection, record: ConnectionPoolEntry) -> None:
    record.info["read_only"] = files.is_read_only(connection)


def _drop_read_only(_: object, record: ConnectionPoolEntry) -> None:
    """Open the file anew for the next one who asks."""
    if record.info.get("read_only"):
        record.invalidate()


def _write_held(connection: Connection, statement: Any, _: object, __: object, options: Mapping[str, Any]) -> None:
    """Let a statement find in the database what handlers have written so far, see holding.py."""
    held = options.get("holds")
    if held is not None and not options.get("held"):
        held.before(connection, statement)


def _rename(connection: Connection, _: object, statement: str, parameters: Any, *__: object) -> tuple[str, Any]:
    """Let statements reach tables that are built beside those they name, see beside.py."""
    return renamed(connection, statement), parameters
