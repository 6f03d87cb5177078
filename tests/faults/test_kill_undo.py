"""Killed while a confirmation can still be taken back: it is sent after the restart, once."""

from __future__ import annotations

import os
import random
import time
from collections import Counter
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest

from ledger.config import Settings
from ledger.domain.collaboration import Collaboration
from ledger.services import build
from tests.callers import Caller, Member, finished_job, found_network
from tests.faults.conftest import Serve
from tests.faults.visitors import Visitor, owner_of

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is killed has the machine to itself
UNDO = 3.0  # seconds
STARTING = 90.0  # seconds: on a loaded machine
PATIENCE = 30.0
AFTERWARDS = 3.0  # seconds in which a second sending would show: the worker looks every second
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "2"))
JOBS = 3  # confirmed one after the other in each round


def test_killed_before_it_is_sent(serve: Serve, database_url: str, tmp_path: Path) -> None:
    """After kill -9 of everything nothing is recorded yet; the next start sends it, exactly once."""
    service = serve({"LEDGER_UNDO_SECONDS": str(UNDO)}, "--database-url", database_url)
    service.start(STARTING)
    alpha, beta = found_network(service.port, (tmp_path / "operator.key").read_text(encoding="utf-8").strip(), 2)
    visitor, job = owner_of(service.port, beta), _recorded(service.port, alpha, beta)
    _confirm(visitor, job)
    service.kill()
    assert _acceptances(database_url, beta)[job] == 0
    assert _kept(database_url, beta) == [job]
    time.sleep(UNDO)  # its time comes while nothing runs
    service.start(STARTING)
    _until_completed(service.port, beta, [job])
    time.sleep(AFTERWARDS)
    service.kill()
    service.start(STARTING)
    time.sleep(AFTERWARDS)
    assert service.stop() == 0
    assert _acceptances(database_url, beta)[job] == 1
    assert _kept(database_url, beta) == []


def test_killed_while_it_is_sent(serve: Serve, database_url: str, tmp_path: Path) -> None:
    """Wherever the kill falls between taking, sending and forgetting: one acceptance each, and nothing is left."""
    service = serve({"LEDGER_UNDO_SECONDS": "1"}, "--database-url", database_url)
    service.start(STARTING)
    alpha, beta = found_network(service.port, (tmp_path / "operator.key").read_text(encoding="utf-8").strip(), 2)
    visitor, chance, jobs = owner_of(service.port, beta), random.Random(22), list[str]()  # noqa: S311 - repeatable
    for _ in range(ROUNDS):
        for _ in range(JOBS):
            jobs.append(_recorded(service.port, alpha, beta))
            _confirm(visitor, jobs[-1])
        time.sleep(chance.uniform(0.0, 2.0))
        service.kill()
        service.start(STARTING)
    _until_completed(service.port, beta, jobs)
    time.sleep(AFTERWARDS)
    assert service.stop() == 0
    assert _acceptances(database_url, beta) == dict.fromkeys(jobs, 1)
    assert _kept(database_url, beta) == []


def _recorded(port: int, by: Member, partner: Member) -> str:
    with closing(Caller(port, by.key)) as caller:
        made = caller.post("/v1/collaborations", finished_job(by.id, partner.id), Idempotency_Key=os.urandom(8).hex())
        caller.get(f"/v1/collaborations/{made['id']}?min_position={made['position']}&wait=10")  # pages show it, too
        return str(made["id"])


def _confirm(visitor: Visitor, job: str) -> None:
    visitor.send(f"/inbox/{job}", f"/inbox/{job}/confirm")


def _until_completed(port: int, firm: Member, jobs: list[str]) -> None:
    end = time.monotonic() + PATIENCE
    with closing(Caller(port, firm.key)) as caller:
        while any(caller.get(f"/v1/collaborations/{job}")["state"] != "completed" for job in jobs):
            assert time.monotonic() < end, "it was never sent"
            time.sleep(0.2)


def _acceptances(database_url: str, firm: Member) -> Counter[str]:
    """How often this firm has accepted each job, by the log itself."""
    with closing(build(Settings(database_url=database_url))) as house:
        events = [event for _, event in house.store.read(0, 1_000_000)]
    accepted = [event for event in events if isinstance(event, Collaboration.Accepted)]
    return Counter(str(event.originator_id) for event in accepted if str(event.by) == firm.id)


def _kept(database_url: str, firm: Member) -> list[str]:
    with closing(build(Settings(database_url=database_url))) as house:
        return [str(one.collaboration) for one in house.confirmations.of(UUID(firm.id))]
