"""Group commit: saves share transactions, and nothing of each other's fate."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import OperationalError, StoredEvent
from hypothesis import given
from hypothesis import strategies as st

from ledger.store import EventStore, OutcomeUnknown, VersionTaken, committer
from ledger.store.committer import Committer
from ledger.store.saves import Save
from tests.examples import Job, job

THREADS = 32
Insert = Callable[[Sequence[StoredEvent]], Any]


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here gets better by waiting."""
    monkeypatch.setattr("ledger.store.writer.PAUSES", (0, 0))


@contextmanager
def _together(store: EventStore, others: Sequence[Job], insert: Insert | None = None) -> Iterator[list[Future[int]]]:
    """Let others queue up behind a save that is held, in this order; then all of them are committed at once.

    `insert` takes the place of the recorder's for everything but the save that is held.
    """
    recorder, held = store._log.recorder, threading.Event()
    original = recorder.insert_events

    def holding(stored: Sequence[StoredEvent]) -> Any:
        patch.setattr(recorder, "insert_events", insert or original)
        held.wait(10)
        return original(stored)

    with pytest.MonkeyPatch.context() as patch, ThreadPoolExecutor(len(others) + 1) as threads:
        patch.setattr(recorder, "insert_events", holding)
        first = threads.submit(store.record, job("held"))
        _until(lambda: store._committer._led)
        futures: list[Future[int]] = []
        for other in others:
            futures.append(threads.submit(store.record, other))
            _until(lambda: len(store._committer._waiting) == len(futures))
        held.set()
        first.result(10)
        yield futures


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def _counting(store: EventStore, sizes: list[int]) -> Insert:
    insert = store._log.recorder.insert_events

    def counting(stored: Sequence[StoredEvent]) -> Any:
        sizes.append(len(stored))
        return insert(stored)

    return counting


def test_many_threads_record_at_once(durable_store: EventStore) -> None:
    """Everything is there, each position is given once, and each thread's positions rise."""

    def write(number: int) -> list[tuple[UUID, int]]:
        made = [job(f"{number}-{n}") for n in range(10)]
        return [(one.id, durable_store.record(one)) for one in made]

    with ThreadPoolExecutor(THREADS) as threads:
        written = list(threads.map(write, range(THREADS)))

    found = {event.originator_id: position for position, event in durable_store.read(0, 1000)}
    assert found == dict(one for mine in written for one in mine)
    assert all(mine == sorted(mine, key=lambda one: one[1]) for mine in written)


def test_who_waits_shares_one_transaction(durable_store: EventStore) -> None:
    """Positions follow the order in which the saves came."""
    sizes: list[int] = []
    with _together(durable_store, [job() for _ in range(THREADS)], _counting(durable_store, sizes)) as futures:
        positions = [future.result() for future in futures]

    assert sizes == [THREADS]
    assert positions == sorted(positions)
    assert positions[-1] == durable_store.head()


def test_who_finds_nobody_waiting_commits_alone(durable_store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """And at once."""
    sizes: list[int] = []
    monkeypatch.setattr(durable_store._log.recorder, "insert_events", _counting(durable_store, sizes))
    for _ in range(3):
        durable_store.record(job())

    assert sizes == [1, 1, 1]


def test_a_transaction_is_bounded(durable_store: EventStore, monkeypatch: pytest.MonkeyPatch) -> None:
    """By events and by bytes; what is larger than both has a transaction of its own."""
    sizes: list[int] = []
    monkeypatch.setattr(committer, "MOST_EVENTS", 4)
    with _together(durable_store, [job() for _ in range(9)], _counting(durable_store, sizes)):
        pass
    monkeypatch.setattr(committer, "MOST_BYTES", 1000)
    with _together(durable_store, [job(), job("x" * 2000), job()], _counting(durable_store, sizes)):
        pass

    assert sizes == [4, 4, 1, 1, 1, 1]


def test_the_guilty_one_fails_alone(store: EventStore) -> None:
    """Those who shared a transaction with it are recorded."""
    mine = job()
    store.record(mine)
    good = [job() for _ in range(6)]
    with _together(store, [*good[:3], job(id=mine.id), *good[3:]]) as futures:
        failed = [future.exception() for future in futures]

    assert [type(error) for error in failed if error] == [VersionTaken]
    assert isinstance(failed[3], VersionTaken)
    assert failed[3].originator_id == mine.id
    assert [store.load(Job, one.id).version for one in good] == [1] * 6


def test_of_rivals_in_one_transaction_the_first_wins(store: EventStore) -> None:
    """The others hear that the version is taken, and hold nobody up."""
    mine = job()
    with _together(store, [job("first", id=mine.id), job(), job("second", id=mine.id), job()]) as futures:
        failed = [type(future.exception()) for future in futures]

    assert failed == [type(None), type(None), VersionTaken, type(None)]
    assert store.load(Job, mine.id).title == "first"


def test_a_reply_lost_after_the_commit_harms_none_of_them(durable_store: EventStore) -> None:
    """All find their own events and hear where they stand, but for the one that is guilty of something else."""
    insert, left = durable_store._log.recorder.insert_events, [True]

    def breaking(stored: Sequence[StoredEvent]) -> Any:
        found = insert(stored)
        if left and left.pop():
            raise OperationalError("server closed the connection unexpectedly")
        return found

    jobs = [job() for _ in range(5)]
    with _together(durable_store, jobs, breaking) as futures:
        positions = [future.result() for future in futures]

    log = [(event.originator_id, position) for position, event in durable_store.read(0, 100)]
    assert log[1:] == list(zip([one.id for one in jobs], positions, strict=True))


@pytest.mark.parametrize("committed", [True, False])
def test_a_connection_that_stays_lost_leaves_all_outcomes_unknown(durable_store: EventStore, committed: bool) -> None:
    """For those of that transaction alone; whoever sends them again doubles nothing."""
    insert, first = durable_store._log.recorder.insert_events, [committed]

    def breaking(stored: Sequence[StoredEvent]) -> Any:
        if first and first.pop():
            insert(stored)
        raise OperationalError("server closed the connection unexpectedly")

    jobs = [job() for _ in range(5)]
    ids = [one.id for one in jobs]
    with _together(durable_store, jobs, breaking) as futures:
        failed = [type(future.exception()) for future in futures]

    assert failed == [OutcomeUnknown] * 5
    assert durable_store.record(job()) == durable_store.head()
    again = durable_store.record_each([[job(id=id_)] for id_ in ids])
    assert [isinstance(outcome, VersionTaken) for outcome in again] == [committed] * 5
    assert len(durable_store.read(0, 100)) == 7


def test_whoever_fails_while_it_commits_for_others_leaves_nobody_waiting(store: EventStore) -> None:
    """They hear that the outcome is unknown, and the next commits."""

    def failing(_: Sequence[StoredEvent]) -> Any:
        raise MemoryError

    with _together(store, [job() for _ in range(3)], failing) as futures:
        failed = [type(future.exception()) for future in futures]

    assert failed == [MemoryError, OutcomeUnknown, OutcomeUnknown]
    assert store.record(job()) == store.head()


def test_groups_stand_or_fall_by_themselves(store: EventStore) -> None:
    """Recorded in their order; of one that collides nothing is there."""
    mine, beside = job(), job()
    store.record(mine)
    outcomes = store.record_each([[job(), job()], [beside, job(id=mine.id)], [job()]])

    assert [type(outcome) for outcome in outcomes] == [int, VersionTaken, int]
    assert len(store.read(0, 10)) == 4
    store._committer.commit([])
    assert store.record_each([]) == []
    assert store.record(job()) == store.head()


@given(groups=st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3, unique=True), max_size=12))
def test_together_is_as_one_after_the_other(groups: list[list[int]]) -> None:
    """Whatever collides with what: the same saves succeed, in the same order."""
    apart, together = EventStore.open("memory:"), EventStore.open("memory:")
    one_by_one = [apart.record_each([[job(id=UUID(int=n)) for n in group]])[0] for group in groups]
    at_once = together.record_each([[job(id=UUID(int=n)) for n in group] for group in groups])

    assert [type(outcome) for outcome in at_once] == [type(outcome) for outcome in one_by_one]
    assert _ids(together) == _ids(apart)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="processes fork on POSIX alone")
def test_a_forked_process_begins_anew() -> None:
    """Who was at work in the parent does not exist in the child, which would wait for it forever."""
    held, settled = threading.Event(), threading.Event()

    def write(saves: Sequence[Save]) -> None:
        if threading.current_thread() is not threading.main_thread():
            settled.set()
            held.wait(10)
        for save in saves:
            save.recorded(1)

    mine = Committer(write)
    at_work = threading.Thread(target=mine.commit, args=([Save([])],))
    at_work.start()
    settled.wait(10)
    child = os.fork()
    if not child:
        mine.commit([Save([])])
        os._exit(0)
    assert _ended(child) == 0
    held.set()
    at_work.join(10)


def _ended(child: int) -> int:
    """Return how a child ended; one that still waits after ten seconds is killed."""
    for _ in range(1000):
        pid, status = os.waitpid(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.01)
    os.kill(child, 9)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _ids(store: EventStore) -> list[UUID]:
    return [event.originator_id for _, event in store.read(0, 1000)]
