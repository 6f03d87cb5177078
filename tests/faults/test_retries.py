"""Replies that are lost: whoever asks again under the same key until it is answered has recorded one thing."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPException
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.domain.collaboration import Collaboration
from ledger.services import build
from tests.callers import Caller, Member, finished_job, found_network
from tests.faults.conftest import Serve
from tests.faults.dropping import dropping

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# CI sends some; a campaign by hand sets LEDGER_FAULT_RETRIES=10000.
RETRIES = int(os.environ.get("LEDGER_FAULT_RETRIES", "200"))
FIRMS = 8


def test_repeated_until_answered_is_recorded_once(serve: Serve, database_url: str, tmp_path: Path) -> None:
    """Every first reply is lost, before or after the work was done, and each key is one event all the same."""
    service = serve(None, "--database-url", database_url)
    service.start()
    operator = (tmp_path / "operator.key").read_text(encoding="utf-8").strip()
    firms = found_network(service.port, operator, FIRMS)
    chance = random.Random(10)  # noqa: S311 - the same losses in every run
    with dropping(service.port, chance) as proxy, ThreadPoolExecutor(FIRMS) as pool:
        shares = [range(n, RETRIES, FIRMS) for n in range(FIRMS)]
        asked = pool.map(lambda n: _record(proxy.port, firms[n], firms[n - 1], shares[n]), range(FIRMS))
        answered = [id_ for share in asked for id_ in share]
    print(f"{proxy.lost} replies lost to {RETRIES} keys")  # noqa: T201 - for a campaign by hand
    assert proxy.lost > RETRIES
    assert service.stop() == 0
    assert len(answered) == RETRIES
    assert _recorded(database_url) == Counter(answered) == Counter(set(answered))


def _record(port: int, firm: Member, partner: Member, numbers: Sequence[int]) -> list[str]:
    """Record so many jobs and return their ids."""
    with closing(Caller(port, firm.key)) as caller:
        return [_until_answered(caller, finished_job(firm.id, partner.id, f"Job {n}"), f"job-{n}") for n in numbers]


def _until_answered(caller: Caller, job: object, key: str) -> str:
    while True:
        try:
            answer = caller.send("POST", "/v1/collaborations", job, Idempotency_Key=key)
        except (OSError, HTTPException):
            continue
        if answer.body is not None:  # of a reply that was cut in its head the library makes an empty one
            assert answer.status == 201, answer
            return str(answer.body["id"])


def _recorded(database_url: str) -> Counter[str]:
    """How many events each joint work of the log has."""
    with closing(build(Settings(database_url=database_url))) as house:
        events = [event for _, event in house.store.read(0, 1_000_000)]
    return Counter(str(event.originator_id) for event in events if isinstance(event, Collaboration.Event))
