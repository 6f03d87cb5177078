"""What the store believes of a server that is frozen, or that waits for a standby: no more than it has been told."""

from __future__ import annotations

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from ledger.store import EventStore, OutcomeUnknown, StoreUnavailable, VersionTaken
from ledger.store.personal_keys import PersonalKeys
from ledger.store.postgresql_connection import wait_for_host
from tests.examples import Job, job
from tests.postgresql_server import PostgreSQLServer

pytestmark = pytest.mark.postgresql

WAITING = "SELECT pid FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND datname = current_database()"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits for long here."""
    monkeypatch.setattr("ledger.store.postgresql_connection.PATIENCE", 0.5)


@pytest.fixture
def store(postgresql_url: str) -> Iterator[EventStore]:
    """A store that has talked to its server."""
    opened = EventStore.open(postgresql_url)
    opened.migrate()
    opened.record(job())
    yield opened
    opened.close()


@pytest.fixture
def lonely(postgresql_server: PostgreSQLServer, store: EventStore) -> Iterator[PostgreSQLServer]:
    """A server whose commits wait for a standby that is not there."""
    postgresql_server.await_standby("absent")
    yield postgresql_server
    postgresql_server.await_standby("")


def test_a_frozen_server_is_given_up(store: EventStore, postgresql_server: PostgreSQLServer) -> None:
    """Its connections are alive, and the answer may still come: what was written is unknown, reading fails."""
    mine = job()
    postgresql_server.freeze()
    try:
        with pytest.raises(OutcomeUnknown):
            store.record(mine)
        with pytest.raises(StoreUnavailable):
            store.head()
    finally:
        postgresql_server.thaw()

    store.record(job())
    assert [event.originator_id for _, event in store.read(0, 10)].count(mine.id) <= 1


def test_after_long_waits_no_attempt_begins(
    lonely: PostgreSQLServer, store: EventStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody waits for the answer: one that came to nothing after a long time is not repeated for as long again."""
    monkeypatch.setattr("ledger.store.writer.ENOUGH", 0.1)
    began = time.monotonic()
    with pytest.raises(OutcomeUnknown):
        store.record(job())
    assert time.monotonic() - began < 2


def test_a_commit_that_waits_for_a_standby_is_not_acknowledged(lonely: PostgreSQLServer, store: EventStore) -> None:
    """Nor is it undone: with the standby back it is there, and the same request is told so."""
    mine = job()
    with pytest.raises(OutcomeUnknown):
        store.record(mine)
    lonely.await_standby("")

    with pytest.raises(VersionTaken):
        store.record(job(id=mine.id))
    assert store.load(Job, mine.id).title == mine.title


def test_a_wait_that_somebody_cancels_acknowledges_nothing(
    lonely: PostgreSQLServer, store: EventStore, postgresql_url: str
) -> None:
    """The server commits all the same, for all to see; whoever asks again is not told so until it is safe."""
    mine = job()
    with ThreadPoolExecutor() as threads:
        recording = threads.submit(store.record, mine)
        _cancel_what_waits(postgresql_url)
        assert isinstance(recording.exception(20), OutcomeUnknown)

    assert store.load(Job, mine.id).version == 1
    with pytest.raises((OutcomeUnknown, StoreUnavailable)):
        store.record(job(id=mine.id))
    with pytest.raises(StoreUnavailable):
        store.settled_head()
    lonely.await_standby("")
    assert store.settled_head() == store.head()
    with pytest.raises(VersionTaken):
        store.record(job(id=mine.id))


def _cancel_what_waits(url: str) -> None:
    deadline = time.monotonic() + 10
    with psycopg.connect(url, autocommit=True) as connection:
        while not (waiting := connection.execute(WAITING).fetchall()):
            assert time.monotonic() < deadline
        for (pid,) in waiting:
            connection.execute("SELECT pg_cancel_backend(%s)", (pid,))


def test_keys_outlive_their_connections(postgresql_url: str, postgresql_server: PostgreSQLServer) -> None:
    """After a failover every connection is dead; the next question is asked over a new one."""
    with closing(PersonalKeys.open(postgresql_url)) as keys:
        keys.migrate()
        keys.check(0)
        postgresql_server.hang_up()
        keys.check(0)


@pytest.mark.parametrize(("hosts", "seconds"), [("a", 2), ("a:5432,b:5432,c:5432", 6)])
def test_every_host_has_its_time(hosts: str, seconds: int) -> None:
    """A host that is silent takes its whole time-out, and the next one may be the primary."""
    assert wait_for_host(f"postgresql://ledger@{hosts}/ledger") == seconds
    assert wait_for_host("postgresql://ledger@/ledger?host=/tmp") == 2
