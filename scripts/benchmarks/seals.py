"""The section `seals`: the tree's appends and proofs beside pymerkle's, and sealing and verifying a log on SQLite.

pymerkle is measured at a smaller size, which is to its advantage: a proof of its takes longer the larger the tree is.
"""

from __future__ import annotations

import multiprocessing
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from multiprocessing.synchronize import Event
from statistics import median
from typing import cast
from uuid import UUID, uuid4

import pymerkle
from eventsourcing.persistence import StoredEvent
from sqlalchemy import insert

from ledger.application.ledger import utc_now
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.bank import Bank
from ledger.seals import tables
from ledger.seals.sealer import POLL
from ledger.services import House, build
from ledger.store import merkle
from ledger.upkeep.caretaker import run
from scripts.benchmarks.report import Row, Rows

FULL, QUICK = 1_000_000, 100_000  # leaves
SMALLER = 20_000  # leaves of pymerkle's tree
EVENTS, FEW_EVENTS = 100_000, 10_000
PROOFS = 2000
REFERRALS, BEHIND = 20, 200  # shared proofs, and the events in each, far from each other
AT_ONCE = 10_000  # leaves in one transaction
RECORDED = 4000  # events a round: so many that sealing looks several times
STARTING = 60.0  # seconds that the other process may take
SALT = b"0123456789abcdef"
ROUNDS = 3
STATE = b'{"timestamp": "2026-11-06T10:00:00.000000+00:00", "name": "Example", "terms": "' + b"x" * 400 + b'"}'
MICRO = 1e6


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Return the rows, and print the sizes that they belong to."""
    size, events = (QUICK, FEW_EVENTS) if quick else (FULL, EVENTS)
    print(f"\nseals: {size:,} leaves; pymerkle {SMALLER:,}; on SQLite {events:,} events", flush=True)
    hashes = [merkle.leaf_hash(number.to_bytes(8)) for number in range(size)]
    return {**_in_memory(hashes), **_on_disk(events), **_large_tables(hashes), **_beside(RECORDED)}


def _in_memory(hashes: Sequence[bytes]) -> Rows:
    tree, oracle = merkle.Tree(hashes), _oracle(SMALLER)
    size, root = tree.size, merkle.root(tree.size, tree.node)
    step = max(1, size // PROOFS)

    def verify() -> None:
        for index in range(0, size, step):
            path = merkle.inclusion(index, size, tree.node)
            if not merkle.verify_inclusion(hashes[index], index, size, path, root):
                raise AssertionError(index)

    return {
        "appends": _rate(lambda: merkle.Tree(hashes), size, lambda: _oracle(SMALLER), SMALLER),
        "inclusion proof": _each(
            lambda: [merkle.inclusion(index, size, tree.node) for index in range(0, size, step)],
            len(range(0, size, step)),
            lambda: [oracle.prove_inclusion(index + 1, SMALLER) for index in range(0, SMALLER, 200)],
            len(range(0, SMALLER, 200)),
        ),
        "inclusion proof, made and verified": _each(verify, len(range(0, size, step))),
    }


def _on_disk(count: int) -> Rows:
    with _filled(count) as house:
        began = time.perf_counter()
        house.sealer.look()
        seconds = time.perf_counter() - began
        sealing = Row(count / seconds, "events/s", count / seconds, count / seconds)
        positions = range(1, count, max(1, count // PROOFS))
        proving = _each(lambda: [house.seals.prove([position]) for position in positions], len(positions))
        began = time.perf_counter()
        report = house.verification().run(lambda *_: None)
        seconds = time.perf_counter() - began
        wrong = {} if report.intact and report.sealed == count else {"the log is not intact": 1}
        verifying = Row(count / seconds, "events/s", count / seconds, count / seconds, failures=wrong)
    return {"sealing": sealing, "inclusion proof from the tables": proving, "ledger verify": verifying}


def _large_tables(hashes: Sequence[bytes]) -> Rows:
    """Prove out of the tables at full size: these ask for no events, so none are recorded."""
    size = len(hashes)
    with _opened() as house:
        _write_tree(house, hashes)
        single = range(1, size, max(1, size // PROOFS))
        behind = [range(1 + start, size, max(1, size // BEHIND)) for start in range(REFERRALS)]
        return {
            "inclusion proof from large tables": _each(
                lambda: [house.seals.prove([position]) for position in single], len(single)
            ),
            "shared proof of 200 events": _each(
                lambda: [house.seals.pinned(size, some) for some in behind], len(behind)
            ),
        }


def _beside(count: int) -> Rows:
    """Record event by event while another process seals them, and while none does, in turns."""
    rates: dict[bool, list[float]] = {True: [], False: []}
    with _opened() as house:
        for sealed in (False, True) * ROUNDS:
            with _sealing(house.settings) if sealed else nullcontext():
                rates[sealed].append(_recorded(house, count))
    mine, other = rates[True], median(rates[False])
    peers, ratio = {"without sealing": other}, {"without sealing": median(mine) / other}
    return {"recording while sealed": Row(median(mine), "events/s", min(mine), max(mine), peers=peers, ratio=ratio)}


def _recorded(house: House, count: int) -> float:
    began = time.perf_counter()
    for _ in range(count):
        house.store.record(Bank.register(uuid4(), house.ledger.stamp(OPERATOR), name="Bank", country="DE"))
    return count / (time.perf_counter() - began)


@contextmanager
def _sealing(settings: Settings) -> Iterator[None]:
    spawn = multiprocessing.get_context("spawn")
    ready, stop = spawn.Event(), spawn.Event()
    process = spawn.Process(target=_seal, args=(settings.database_url, ready, stop))
    process.start()
    if not ready.wait(STARTING):
        raise TimeoutError("the process that seals does not start")
    yield
    stop.set()
    process.join()


def _seal(url: str, ready: Event, stop: Event) -> None:
    with closing(build(Settings(database_url=url))) as house:
        house.sealer.look()
        ready.set()
        run(house.sealer.look, cast("threading.Event", stop), POLL)


def _write_tree(house: House, hashes: Sequence[bytes]) -> None:
    tree = merkle.CompactRange()
    for first in range(0, len(hashes), AT_ONCE):
        some = range(first, min(len(hashes), first + AT_ONCE))
        leaves = [{"leaf_index": index, "position": index + 1, "salt": SALT} for index in some]
        nodes = [
            {"place": tables.place(level, index >> level), "hash": made}
            for index in some
            for level, made in enumerate(tree.append(hashes[index]))
        ]
        with house.log_engine.begin() as connection:
            connection.execute(insert(tables.LEAVES), leaves)
            connection.execute(insert(tables.NODES), nodes)
    head = {"size": tree.size, "root": tree.root(), "note": "a head", "signed_at": utc_now()}
    with house.log_engine.begin() as connection:
        connection.execute(insert(tables.HEADS), head)


@contextmanager
def _opened() -> Iterator[House]:
    with tempfile.TemporaryDirectory(prefix="seals-") as folder:
        house = build(Settings(database_url=f"sqlite:///{folder}/ledger.db"))
        house.migrate()
        yield house
        house.close()


@contextmanager
def _filled(count: int) -> Iterator[House]:
    with _opened() as house:
        recorder = house.store._log.recorder  # noqa: SLF001 - events that no command has to make
        for first in range(0, count, 1000):
            numbers = range(first, min(count, first + 1000))
            recorder.insert_events([StoredEvent(UUID(int=n), 1, "benchmark.recorded", STATE) for n in numbers])
        yield house


def _oracle(size: int) -> pymerkle.InmemoryTree:
    tree = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        tree.append_entry(number.to_bytes(8))
    return tree


def _rate(ours: Callable[[], object], count: int, theirs: Callable[[], object], their_count: int) -> Row:
    mine = [count / seconds for seconds in _times(ours)]
    other = median(their_count / seconds for seconds in _times(theirs))
    peers, ratio = {"pymerkle": other}, {"pymerkle": median(mine) / other}
    return Row(median(mine), "appends/s", min(mine), max(mine), peers=peers, ratio=ratio)


def _each(
    ours: Callable[[], object], count: int, theirs: Callable[[], object] | None = None, their_count: int = 1
) -> Row:
    mine = [seconds / count * MICRO for seconds in _times(ours)]
    other = median(seconds / their_count * MICRO for seconds in _times(theirs)) if theirs else None
    peers = {} if other is None else {"pymerkle": other}
    ratio = {} if other is None else {"pymerkle": median(mine) / other}
    return Row(median(mine), "µs", min(mine), max(mine), peers=peers, ratio=ratio)


def _times(work: Callable[[], object]) -> Iterator[float]:
    for _ in range(ROUNDS):
        began = time.perf_counter()
        work()
        yield time.perf_counter() - began
