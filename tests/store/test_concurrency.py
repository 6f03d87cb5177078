"""Many writers and a reader at their heels; many processes that start at once."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

from ledger.store import EventStore
from tests.examples import Job, job

WRITERS, EACH = 4, 50
PROCESSES = 6


def test_a_reader_that_follows_misses_nothing(durable_store: EventStore) -> None:
    """Positions appear in the order in which they are handed out, so there is no gap that fills later."""
    done = threading.Event()
    with ThreadPoolExecutor(WRITERS + 1) as threads:
        reader = threads.submit(_follow, durable_store, done)
        writers = [threads.submit(_write, durable_store) for _ in range(WRITERS)]
        written = [position for writer in writers for position in writer.result()]
        done.set()
        seen = reader.result()

    assert len(set(written)) == WRITERS * EACH
    assert seen == sorted(written)


def test_each_writers_positions_rise(durable_store: EventStore) -> None:
    """Whoever records later stands further back, whoever else is writing."""
    with ThreadPoolExecutor(WRITERS) as threads:
        for positions in threads.map(_write, [durable_store] * WRITERS):
            assert positions == sorted(set(positions))


def test_of_racing_changes_to_one_version_one_wins(durable_store: EventStore) -> None:
    """The others hear that the version is taken."""
    mine = job()
    durable_store.record(mine)
    rivals = [durable_store.load(Job, mine.id) for _ in range(WRITERS)]
    for number, rival in enumerate(rivals):
        rival.rename(title=str(number), reason="")

    with ThreadPoolExecutor(WRITERS) as threads:
        outcomes = [threads.submit(durable_store.record, rival).exception() for rival in rivals]

    assert outcomes.count(None) == 1
    assert durable_store.load(Job, mine.id).version == 2


def test_processes_may_race_to_migrate(database_url: str) -> None:
    """All of them find the tables afterwards."""
    program = f"from ledger.store import EventStore; s = EventStore.open({database_url!r}); s.migrate(); s.head()"
    racers = [subprocess.Popen([sys.executable, "-c", program]) for _ in range(PROCESSES)]

    assert [racer.wait(60) for racer in racers] == [0] * PROCESSES


def _write(store: EventStore) -> list[int]:
    return [store.record(job(str(number))) for number in range(EACH)]


def _follow(store: EventStore, done: threading.Event) -> list[int]:
    seen: list[int] = []
    while True:
        last_look = done.is_set()
        new = store.read(seen[-1] if seen else 0, 7)
        seen += [position for position, _ in new]
        if last_look and not new:
            return seen
