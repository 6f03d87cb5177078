"""What SQLite must be told, or it forgets."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.store import EventStore, StoreUnavailable, sqlite
from tests.examples import Job, job

FULL = 2


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Where the log lies; a name that an address must quote."""
    return tmp_path / "new folder" / "a log? 100%.db"


@pytest.fixture
def store(file: Path) -> Iterator[EventStore]:
    """A store in that file."""
    opened = EventStore.open(f"sqlite:///{file}")
    opened.migrate()
    yield opened
    opened.close()


def test_every_connection_flushes_before_it_acknowledges(store: EventStore) -> None:
    """Write-ahead log with synchronous=FULL, also on a second connection."""
    assert isinstance(store._backend, sqlite.SQLite)
    datastore = store._backend.factory.datastore
    with datastore.transaction(commit=True) as one, datastore.transaction(commit=False) as two:
        for cursor in (one, two):
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == FULL
            cursor.execute("PRAGMA journal_mode")
            assert cursor.fetchone()[0] == "wal"


def test_positions_are_never_handed_out_twice(store: EventStore, file: Path) -> None:
    """Even when the tail of the log was deleted: a reader had seen those positions."""
    store.record(job())
    deleted = store.record(job())
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DELETE FROM stored_events WHERE position = ?", (deleted,))

    assert store.record(job()) > deleted


def test_positions_of_many_are_those_of_the_rows(store: EventStore) -> None:
    """For each group the position of its last event."""
    jobs = [[job()] for _ in range(99)]
    store.record(*[job() for _ in range(230)])
    outcomes = store.record_each(jobs)

    found = {event.originator_id: position for position, event in store.read(230, 1000)}
    assert [found[one.id] for (one,) in jobs] == outcomes == list(range(231, 330))


def test_a_locked_file_is_unavailable_and_then_works_again(
    store: EventStore, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is recorded while another process holds the lock; reading goes on."""
    monkeypatch.setattr("ledger.store.sqlite_connection.LOCK_TIMEOUT", 0.05)
    mine = job()
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailable, match="locked"):
            store.record(job())
        assert store.head() == 0
        connection.execute("ROLLBACK")

    store.record(mine)
    assert store.load(Job, mine.id).version == 1


def test_a_mistyped_path_starts_no_empty_log(tmp_path: Path) -> None:
    """Only `migrate` creates the file."""
    store = EventStore.open(f"sqlite:///{tmp_path}/leger.db")

    with pytest.raises(StoreUnavailable):
        store.head()
    assert list(tmp_path.iterdir()) == []
    store.close()


def test_a_read_only_file_is_unavailable(store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was recorded can still be read."""
    mine = job()
    store.record(mine)
    assert isinstance(store._backend, sqlite.SQLite)
    with store._backend.factory.datastore.transaction(commit=False) as cursor:
        cursor.execute("PRAGMA query_only=ON")

    with pytest.raises(StoreUnavailable, match="readonly"):
        store.record(job())
    assert store.load(Job, mine.id).version == 1
