"""A lost reply, a lost connection, a database that says no: the store never tells a lie about what it holds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from eventsourcing.persistence import OperationalError, StoredEvent

from ledger.store import EventStore, NotRecorded, OutcomeUnknown, StoreUnavailable, VersionTaken
from tests.examples import Job, job


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here gets better by waiting."""
    monkeypatch.setattr("ledger.store.writer.PAUSES", (0, 0, 0))


def _break(store: EventStore, monkeypatch: pytest.MonkeyPatch, *, after_commit: bool, times: int) -> None:
    """Lose the connection while recording, `times` times."""
    insert, left = store._log.recorder.insert_events, [True] * times

    def breaking(stored: Sequence[StoredEvent], **options: Any) -> Any:
        if not left:
            return insert(stored, **options)
        left.pop()
        if after_commit:
            insert(stored, **options)
        raise OperationalError("server closed the connection unexpectedly")

    monkeypatch.setattr(store._log.recorder, "insert_events", breaking)


def test_a_reply_lost_after_the_commit_is_no_conflict(
    durable_store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store finds its own events and returns their position, and they are there once."""
    _break(durable_store, monkeypatch, after_commit=True, times=1)
    mine = job()
    mine.rename(title="Milling", reason="")

    assert durable_store.record(mine) == durable_store.head()
    assert len(durable_store.read(0, 10)) == 2


def test_a_connection_lost_before_the_commit_is_tried_again(
    durable_store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Repeating is safe, for id and version are unique."""
    _break(durable_store, monkeypatch, after_commit=False, times=2)
    mine = job()
    durable_store.record(mine)

    assert durable_store.load(Job, mine.id).version == 1


def test_the_event_of_another_is_a_conflict_after_a_lost_reply_too(
    durable_store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading back compares what the events say, not only their versions."""
    mine = job()
    durable_store.record(mine)
    _break(durable_store, monkeypatch, after_commit=False, times=1)

    with pytest.raises(VersionTaken):
        durable_store.record(job(id=mine.id))


def test_a_connection_that_stays_lost_leaves_the_outcome_unknown(
    durable_store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody may call that a failure."""
    _break(durable_store, monkeypatch, after_commit=False, times=3)

    with pytest.raises(OutcomeUnknown):
        durable_store.record(job())


def test_without_tables_nothing_is_recorded(database_url: str) -> None:
    """Opening creates no tables; the error says what may be missing."""
    store = EventStore.open(database_url)

    for attempt in (store.head, lambda: store.record(job())):
        with pytest.raises(StoreUnavailable, match="migrated"):
            attempt()
    store.close()


def test_settings_of_the_library_in_the_environment_change_nothing(
    durable_store: EventStore, monkeypatch: pytest.MonkeyPatch, database_url: str
) -> None:
    """A cipher, a cache or another database in stray variables would otherwise be obeyed."""
    monkeypatch.setenv("PERSISTENCE_MODULE", "eventsourcing.popo")
    monkeypatch.setenv("COMPRESSOR_TOPIC", "zlib")
    monkeypatch.setenv("AGGREGATE_CACHE_MAXSIZE", "10")
    monkeypatch.setenv("POSTGRES_ENABLE_DB_FUNCTIONS", "y")
    mine = job()
    durable_store.record(mine)

    other = EventStore.open(database_url)
    assert other.load(Job, mine.id).title == mine.title
    assert other._log.repository.cache is None
    other.close()


def test_an_unreachable_server_is_unavailable_at_once() -> None:
    """Opening asks nothing; the first question is answered within seconds."""
    store = EventStore.open("postgresql://nobody@127.0.0.1:1/ledger")

    with pytest.raises(StoreUnavailable):
        store.record(job())
    with pytest.raises(StoreUnavailable):
        store.load(Job, job().id)
    store.close()


def test_nothing_is_left_of_what_was_refused(store: EventStore) -> None:
    """A refused aggregate is not half there."""
    mine = job()
    store.record(mine)
    with pytest.raises(VersionTaken):
        store.record(job(id=mine.id))
    with pytest.raises(NotRecorded):
        store.load(Job, mine.id, version=2)
