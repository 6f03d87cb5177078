"""What happens to the store when its server goes away and comes back."""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing

import psycopg
import pytest

from ledger.store import EventStore, StoreUnavailable
from ledger.store.postgresql import INSERT
from tests.examples import Job, job
from tests.postgresql_server import PostgreSQLServer

pytestmark = pytest.mark.postgresql


@pytest.fixture
def postgresql_store(postgresql_url: str) -> EventStore:
    """A store on PostgreSQL, which has talked to its server."""
    store = EventStore.open(postgresql_url)
    store.migrate()
    store.record(job())
    return store


def test_killed_connections_are_not_noticed(postgresql_store: EventStore, postgresql_server: PostgreSQLServer) -> None:
    """Reading and recording go on over new ones."""
    mine = job()
    postgresql_server.hang_up()
    assert postgresql_store.head() > 0
    postgresql_server.hang_up()
    postgresql_store.record(mine)

    assert postgresql_store.load(Job, mine.id).version == 1
    postgresql_store.close()


def test_a_restart_is_outlived(postgresql_store: EventStore, postgresql_server: PostgreSQLServer) -> None:
    """The first command after it succeeds."""
    postgresql_server.stop()
    with pytest.raises(StoreUnavailable):
        postgresql_store.head()
    postgresql_server.start()
    mine = job()
    postgresql_store.record(mine)

    assert postgresql_store.load(Job, mine.id).version == 1
    postgresql_store.close()


def test_a_held_lock_is_unavailable_within_seconds(postgresql_store: EventStore, postgresql_url: str) -> None:
    """Nothing was recorded, so it is not an unknown outcome; readers do not wait at all."""
    head = postgresql_store.head()
    with psycopg.connect(postgresql_url) as connection:
        connection.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
        began = time.monotonic()
        with pytest.raises(StoreUnavailable, match="lock"):
            postgresql_store.record(job())
        assert time.monotonic() - began < 4
        assert postgresql_store.head() == head
    postgresql_store.close()


def test_a_position_never_appears_before_an_earlier_one(postgresql_store: EventStore, postgresql_url: str) -> None:
    """Who records while another has positions but no commit yet waits: a reader could pass over the gap."""
    with psycopg.connect(postgresql_url) as slow, ThreadPoolExecutor() as threads:
        arguments = ([job().id], [1], ["example.job.ended"], [b"{}"])
        (earlier,) = slow.execute(INSERT, arguments).fetchone() or (0,)
        later = threads.submit(postgresql_store.record, job())
        time.sleep(0.3)
        assert (later.done(), postgresql_store.head()) == (False, earlier - 1)
        slow.commit()
        assert later.result() > earlier
    postgresql_store.close()


def test_a_large_batch_does_not_lock_itself_out(postgresql_store: EventStore) -> None:
    """Two megabytes in one transaction: the library's own way could deadlock above 400 KB."""
    jobs = [job("x" * 20_000) for _ in range(100)]
    recording = threading.Thread(target=postgresql_store.record, args=jobs)
    recording.start()
    recording.join(20)

    assert not recording.is_alive()
    assert len(postgresql_store.read(0, 1000)) == 101
    postgresql_store.close()


def test_a_connection_killed_while_many_wait_loses_and_doubles_nothing(
    postgresql_store: EventStore, postgresql_server: PostgreSQLServer, postgresql_url: str
) -> None:
    """Their transaction is sent again over a new connection, and each is recorded once."""
    jobs = [job() for _ in range(8)]
    with ThreadPoolExecutor(len(jobs)) as threads:
        with closing(psycopg.connect(postgresql_url)) as connection:  # which is killed as well
            connection.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
            waiting = [threads.submit(postgresql_store.record, one) for one in jobs]
            time.sleep(0.5)
            postgresql_server.hang_up()
        positions = [one.result() for one in waiting]

    found = {event.originator_id: position for position, event in postgresql_store.read(1, 100)}
    assert found == dict(zip([one.id for one in jobs], positions, strict=True))
    postgresql_store.close()
