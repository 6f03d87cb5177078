"""Connections to a SQLite log: locked when they begin to write, flushed before they acknowledge."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from urllib.parse import quote

from eventsourcing.persistence import InterfaceError, OperationalError
from eventsourcing.sqlite import SQLiteConnection, SQLiteConnectionPool, SQLiteCursor, SQLiteTransaction

from ledger import files

# Seconds that a writer waits for another process's transaction before it hears "database is locked".
LOCK_TIMEOUT = 5


class Transaction(SQLiteTransaction):
    """Takes the write lock when it begins: a lock asked for in the middle is refused without waiting.

    What only reads is one statement everywhere, which is a transaction without being called one.
    """

    def __enter__(self) -> SQLiteCursor:
        cursor = self.connection.cursor()
        try:
            if self.commit:
                cursor.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise OperationalError(str(error)) from error
        return cursor

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc_val: BaseException | None,
        exc_tb: TracebackType | None,
    ) -> None:
        try:
            super().__exit__(exc_type, exc_val, exc_tb)
        finally:
            if self.commit:
                # A refused COMMIT leaves the transaction open, and the pool would hand it to the next caller.
                self.connection.rollback()


class Connection(SQLiteConnection):
    """A connection with our transactions."""

    read_only = False

    @contextmanager
    def transaction(self, *, commit: bool) -> Iterator[SQLiteCursor]:
        """Run a block in one transaction."""
        with Transaction(self, commit=commit) as cursor, cursor:
            yield cursor


class Pool(SQLiteConnectionPool):
    """Connections that open what is there and flush before they acknowledge."""

    def _create_connection(self) -> Connection:
        try:
            opened = connect(self.db_name, "rw")
            connection = Connection(opened, self.max_age)
            connection.read_only = files.is_read_only(opened)
        except sqlite3.Error as error:
            raise InterfaceError(str(error)) from error
        return connection

    def put_connection(self, conn: SQLiteConnection) -> None:
        """Take a connection back, to be used again if it can do everything."""
        if isinstance(conn, Connection) and conn.read_only:
            conn.close()
        super().put_connection(conn)


def connect(path: str, mode: str) -> sqlite3.Connection:
    """Connect in mode "rw" (a mistyped path must not start an empty log) or "rwc" (create it)."""
    url = f"file:{quote(path)}?mode={mode}"
    connection = sqlite3.connect(url, uri=True, timeout=LOCK_TIMEOUT, isolation_level=None, check_same_thread=False)
    connection.row_factory = sqlite3.Row
    # NORMAL lost acknowledged events in power cuts.
    connection.execute("PRAGMA synchronous=FULL")
    return connection
