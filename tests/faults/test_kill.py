"""Killed in the middle of writing: nothing that was acknowledged is lost, doubled or moved."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.services import build
from tests.callers import Caller, Member, found_network
from tests.faults.conftest import Serve
from tests.faults.writers import Promise, Writers, each_is_there
from tests.service import Service, child

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is killed has the machine to itself

# CI runs a few rounds; a campaign by hand sets LEDGER_FAULT_ROUNDS=300.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "5"))
FIRMS = 6


def test_killed_web_server_keeps_its_promises(serve: Serve, database_url: str, tmp_path: Path) -> None:
    """After kill -9 and a restart every acknowledged job is there, once, where it was said to be."""
    service = serve(None, "--database-url", database_url)
    service.start()
    operator = (tmp_path / "operator.key").read_text(encoding="utf-8").strip()
    writers = Writers(found_network(service.port, operator, FIRMS))
    chance = random.Random(20)  # noqa: S311 - the same moments in every run

    for _ in range(ROUNDS):
        already = len(writers.promises)
        _write_and_kill(service, writers, chance.uniform(0.2, 0.8))
        assert len(writers.promises) > already
        service.start()
        fresh = writers.promises[already:]
        each_is_there(service.port, fresh)
        writers.repeat_pending(service.port)

    assert writers.refused == []
    _each_is_there_once(service.port, writers)
    assert service.stop() == 0
    _log_is_whole(database_url, writers.promises)


def _write_and_kill(service: Service, writers: Writers, seconds: float) -> None:
    writers.start(service.port)
    time.sleep(seconds)
    os.killpg(child(service.pid, "gunicorn"), signal.SIGKILL)
    writers.join()
    # Without its web server the installation ends, and says so.
    assert service.wait() == 1


def _each_is_there_once(port: int, writers: Writers) -> None:
    """Compare with the lists that the firms themselves see; a job stands in the lists of both its firms."""
    found = Counter((job["id"], job["title"]) for firm in writers.firms for job in _jobs(port, firm))
    promised = {(promise.id, promise.title) for promise in writers.promises}
    assert len(promised) == len(writers.promises)
    assert found == dict.fromkeys(promised, 2)


def _jobs(port: int, firm: Member) -> Iterator[dict[str, str]]:
    with closing(Caller(port, firm.key)) as caller:
        cursor = ""
        while cursor is not None:
            page = caller.get(f"/v1/collaborations?firm={firm.id}&limit=200{cursor and f'&cursor={cursor}'}")
            yield from page["items"]
            cursor = page["next"]


def _log_is_whole(database_url: str, promises: list[Promise]) -> None:
    """Positions rise, versions have no gaps, and each acknowledged position holds its job."""
    house = build(Settings(database_url=database_url))
    try:
        events = house.store.read(0, 1_000_000)
    finally:
        house.close()
    positions = [position for position, _ in events]
    assert positions == sorted(set(positions))
    versions = Counter(event.originator_id for _, event in events)
    assert {(event.originator_id, event.originator_version) for _, event in events} == {
        (id_, version) for id_, last in versions.items() for version in range(1, last + 1)
    }
    held = {position: str(event.originator_id) for position, event in events}
    assert {promise.position: promise.id for promise in promises if promise.first}.items() <= held.items()
