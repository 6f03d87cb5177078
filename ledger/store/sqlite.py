"""SQLite as the log: positions that are never handed out twice, nothing acknowledged before it is on disk."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Sequence
from contextlib import closing
from pathlib import Path
from uuid import UUID

from eventsourcing.persistence import (
    ConnectionUnavailableError,
    Notification,
    OperationalError,
    StoredEvent,
)
from eventsourcing.sqlite import SQLiteApplicationRecorder, SQLiteDatastore, SQLiteFactory
from eventsourcing.utils import Environment

from ledger import files
from ledger.store.sqlite_connection import LOCK_TIMEOUT, Pool, connect

# Codes by which SQLite says no. After any other (a failed flush) nobody knows what the disk holds.
REFUSALS = (
    "SQLITE_BUSY",
    "SQLITE_LOCKED",
    "SQLITE_READONLY",
    "SQLITE_FULL",
    "SQLITE_CANTOPEN",
    "SQLITE_ERROR",
)

# AUTOINCREMENT: the library's implicit rowid would be handed out again after a deleted tail.
TABLE = """
CREATE TABLE IF NOT EXISTS stored_events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    originator_id TEXT NOT NULL,
    originator_version INTEGER NOT NULL,
    topic TEXT NOT NULL,
    state BLOB NOT NULL,
    UNIQUE (originator_id, originator_version)
)
"""
INSERT = "INSERT INTO stored_events (originator_id, originator_version, topic, state) VALUES (?, ?, ?, ?)"
VERSION = "SELECT MAX(originator_version) FROM stored_events WHERE originator_id = ?"
FIND = "SELECT position, topic, state FROM stored_events WHERE originator_id = ? AND originator_version = ?"
READ = """
SELECT position, originator_id, originator_version, topic, state
FROM stored_events WHERE position > ? ORDER BY position LIMIT ?
"""
# One parameter, however many ids: SQLite bounds the number of question marks.
READ_MANY = """
SELECT originator_id, originator_version, topic, state
FROM stored_events WHERE originator_id IN (SELECT value FROM json_each(?))
ORDER BY originator_id, originator_version
"""


class Recorder(SQLiteApplicationRecorder):
    """The library's recorder over a table with positions of our own."""

    def __init__(self, datastore: SQLiteDatastore) -> None:
        super().__init__(datastore)
        self.insert_events_statement = INSERT
        self.select_max_notification_id_statement = "SELECT MAX(position) FROM stored_events"

    def select_notifications(
        self,
        start: int | None,
        limit: int,
        stop: int | None = None,
        topics: Sequence[str] = (),
        *,
        inclusive_of_start: bool = True,
    ) -> list[Notification]:
        """Read on from `start`; the log is read whole: neither `stop` nor `topics` are known here."""
        if stop is not None or topics:
            raise NotImplementedError
        after = (start or 0) - int(inclusive_of_start)
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(READ, (after, limit))
            return [
                Notification(_as_written(id), version, topic, state, position)
                for position, id, version, topic, state in cursor.fetchall()
            ]

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        key = (stored.originator_id.hex, stored.originator_version)  # type: ignore[union-attr]
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(FIND, key)
            row = cursor.fetchone()
        same = row is not None and (row["topic"], row["state"]) == (stored.topic, stored.state)
        return int(row["position"]) if same else None

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(VERSION, (id.hex,))
            return cursor.fetchone()[0] or 0

    def events_of(self, ids: Collection[UUID]) -> list[StoredEvent]:
        """Return all events of these aggregates."""
        with self.datastore.transaction(commit=False) as cursor:
            cursor.execute(READ_MANY, (json.dumps([id.hex for id in ids]),))
            return [StoredEvent(UUID(id), version, topic, state) for id, version, topic, state in cursor.fetchall()]


class Factory(SQLiteFactory):
    """Hands out one recorder over one pool."""

    def __init__(self, path: Path) -> None:
        super().__init__(Environment(env={self.SQLITE_DBNAME: str(path), self.CREATE_TABLE: "n"}))
        self.datastore.pool = Pool(db_name=str(path), pool_timeout=LOCK_TIMEOUT)
        self.recorder = Recorder(self.datastore)

    def application_recorder(self) -> Recorder:
        """Return the one recorder."""
        return self.recorder


class SQLite:
    """A log in one file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._factory = Factory(path)

    @property
    def factory(self) -> Factory:
        """The library's factory."""
        return self._factory

    def migrate(self) -> None:
        """Create the file, its folder and the table."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with closing(connect(str(self._path), "rwc")) as connection:
                files.set_wal(connection, LOCK_TIMEOUT)
                connection.execute(TABLE)
        except sqlite3.Error as error:
            raise OperationalError(str(error)) from error

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        return self._factory.recorder.position_of(stored)

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""
        return self._factory.recorder.version_of(id)

    def events_of(self, ids: Collection[UUID]) -> list[StoredEvent]:
        """Return all events of these aggregates."""
        return self._factory.recorder.events_of(ids)

    def nothing_written(self, error: BaseException) -> bool:
        """Tell by SQLite's code; waiting in vain for our own pool never reached the file."""
        return isinstance(error, ConnectionUnavailableError) or files.code(error.__cause__).startswith(REFUSALS)

    def settle(self) -> None:
        """What one reads is on the disk."""

    def reconnect(self) -> None:
        """A file does not hang up."""


def _as_written(id: str) -> UUID:
    """Read an id; raise `ValueError` for another spelling of it, which only damage leaves behind."""
    read = UUID(id)
    if read.hex != id:
        raise ValueError(f"{id!r} is no id as the ledger writes it")
    return read
