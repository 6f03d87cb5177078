"""Keys of personal data in a SQLite file of their own: what is destroyed there is overwritten, also in its WAL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Lock
from typing import Any
from uuid import UUID

from ledger import files
from ledger.store.errors import StoreUnavailable
from ledger.store.keyring import Held
from ledger.store.sqlite_connection import LOCK_TIMEOUT, connect

TABLES = (
    """
    CREATE TABLE IF NOT EXISTS personal_keys (
        subject TEXT PRIMARY KEY,
        secret BLOB,
        fingerprint TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE TABLE IF NOT EXISTS erasures (place INTEGER PRIMARY KEY CHECK (place = 1), number INTEGER NOT NULL)",
    "INSERT INTO erasures (place, number) VALUES (1, 0) ON CONFLICT DO NOTHING",
)
FIND = "SELECT secret, fingerprint FROM personal_keys WHERE subject = ?"
ADD = "INSERT INTO personal_keys (subject, secret, fingerprint) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
DESTROY = "UPDATE personal_keys SET secret = NULL WHERE subject = ? AND secret IS NOT NULL"
COUNT = "UPDATE erasures SET number = number + 1"
ERASURES = "SELECT number FROM erasures"


class SQLiteKeyring:
    """Keys in one file, over one connection that threads take in turns: what they ask takes microseconds."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._read_only = False

    def migrate(self) -> None:
        """Create the file, its folder and the tables."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with _answered(), closing(connect(str(self._path), "rwc")) as connection:
            files.set_wal(connection, LOCK_TIMEOUT)
            for statement in TABLES:
                connection.execute(statement)

    def find(self, subject: UUID) -> Held | None:
        """Return the subject's key."""
        with self._asking() as connection:
            row = connection.execute(FIND, (subject.hex,)).fetchone()
        return Held(*row) if row else None

    def add(self, subject: UUID, key: Held) -> None:
        """Keep the key unless there is one; it is on disk before anything is encrypted with it."""
        with self._asking() as connection:
            connection.execute(ADD, (subject.hex, key.secret, key.fingerprint))

    def destroy(self, subject: UUID) -> bool:
        """Overwrite the secret, then write file and WAL anew: both might hold it in pages that are free."""
        with self._asking() as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                destroyed = connection.execute(DESTROY, (subject.hex,)).rowcount == 1
                if destroyed:
                    connection.execute(COUNT)
                connection.execute("COMMIT")
            finally:
                connection.rollback()
            _patiently(lambda: connection.execute("VACUUM"))
            _patiently(lambda: _emptied(connection))
        return destroyed

    def erasures(self) -> int:
        """Return how many keys were destroyed."""
        with self._asking() as connection:
            return int(connection.execute(ERASURES).fetchone()[0])

    def close(self) -> None:
        """Close the connection."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

    @contextmanager
    def _asking(self) -> Iterator[sqlite3.Connection]:
        with self._lock, _answered():
            if self._connection is None:
                self._connection = connect(str(self._path), "rw")
                self._connection.execute("PRAGMA secure_delete=ON")
                self._read_only = files.is_read_only(self._connection)
            try:
                yield self._connection
            finally:
                if self._read_only:
                    self._connection.close()
                    self._connection = None


@contextmanager
def _answered() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreUnavailable(f"the keys of personal data do not answer (are they migrated?): {error}") from error


def _emptied(connection: sqlite3.Connection) -> None:
    if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
        raise sqlite3.OperationalError("a reader holds the write-ahead log")


def _patiently(step: Callable[[], Any]) -> None:
    """Take a step that other processes may be in the way of."""
    deadline = time.monotonic() + LOCK_TIMEOUT
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
