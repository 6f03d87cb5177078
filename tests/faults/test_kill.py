"""Killed in the middle of writing: nothing that was acknowledged is lost, doubled or moved."""

from __future__ import annotations

import os
import random
import signal
import time
from pathlib import Path

import pytest

from tests.callers import found_network
from tests.faults.conftest import Serve
from tests.faults.promises import each_is_there, each_is_there_once, log_is_whole
from tests.faults.writers import Writers
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
    each_is_there_once(service.port, writers)
    assert service.stop() == 0
    log_is_whole(database_url, writers.promises)


def _write_and_kill(service: Service, writers: Writers, seconds: float) -> None:
    writers.start(service.port)
    time.sleep(seconds)
    os.killpg(child(service.pid, "gunicorn"), signal.SIGKILL)
    writers.join()
    # Without its web server the installation ends, and says so.
    assert service.wait() == 1
