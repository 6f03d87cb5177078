"""The read models' database: the one place that knows which of the two it is."""

from __future__ import annotations

import fcntl
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from functools import cache, partial
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

import psycopg
from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    Insert,
    QueuePool,
    Table,
    TextClause,
    create_engine,
    event,
    exc,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.pool import ConnectionPoolEntry

from ledger import files
from ledger.patience import Patient, unhurried
from ledger.subscriptions.postgresql_connection import connect

# Seconds to wait for another writer of the same SQLite file.
LOCK_TIMEOUT = 5

# Guards the creation of tables against other processes; the store's migration has a number of its own.
MIGRATION = 7_204_113

# What one process does for all: following the log, and rebuilding.
FOLLOWING, REBUILDING = 7_204_121, 7_204_122

# So many rows are worth a COPY.
MANY = 20


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
def sole(engine: Engine, number: int) -> Iterator[Callable[[], bool]]:
    """Be, if nobody else is, the one process that does what has this number; ask again and again whether it is ours.

    Whoever dies gives it back. It saves work and guards nothing: a lost connection is noticed a moment late.
    """
    if engine.dialect.name == "postgresql":
        with _sole_on_postgresql(engine, number) as held:
            yield held
    elif not engine.url.database:
        yield lambda: True  # nobody else sees a database in memory
    else:
        with Path(f"{engine.url.database}-{number}.lock").open("ab") as file:
            taken = _locked(file.fileno())
            yield lambda: taken


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
def _pinning(guard: Table) -> TextClause:
    # nosemgrep: sql-of-text - a table of ours
    return text(f"LOCK TABLE {guard.name} IN ACCESS SHARE MODE")


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


def _copy(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    quoted, binds = _columns(table, connection.dialect)
    statement = _renamed(connection, f"COPY {table.name} ({', '.join(quoted)}) FROM STDIN")
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


@contextmanager
def _sole_on_postgresql(engine: Engine, number: int) -> Iterator[Callable[[], bool]]:
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
        taken = connection.scalar(text("SELECT pg_try_advisory_lock(:number)"), {"number": number})
        connection.detach()  # the lock ends with the connection at the latest: it must not go back to the others
        try:
            yield lambda: bool(taken) and connection.scalar(text("SELECT 1")) == 1
        finally:
            with suppress(exc.DBAPIError):  # of a connection that is gone the server takes it back by itself
                connection.execute(text("SELECT pg_advisory_unlock_all()"))


def _locked(file: int) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


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
    deadline = time.monotonic() + LOCK_TIMEOUT
    # SQLite refuses this at once, without its timeout, when two connections switch a new file together.
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


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
    return _renamed(connection, statement), parameters


def _renamed(connection: Connection, statement: str) -> str:
    renamed: Callable[[str], str] | None = connection.get_execution_options().get("renamed")
    return renamed(statement) if renamed else statement
