"""How an installation of one machine ends: asked to, or because a part of it died."""

from __future__ import annotations

import os
import signal
import time

import pytest

from tests.faults.conftest import Serve
from tests.service import alive, child, descendants

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is killed has the machine to itself
SOON = 8.0  # seconds


def _gone(pids: list[int]) -> bool:
    deadline = time.monotonic() + SOON
    while any(alive(pid) for pid in pids):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_to_end_it_ends_in_order(serve: Serve, number: signal.Signals) -> None:
    """Ctrl-C and SIGTERM end everything within seconds, with exit code 0 and without a traceback."""
    service = serve()
    service.start()
    family = list(descendants(service.pid))
    began = time.monotonic()
    assert service.stop(number) == 0
    assert time.monotonic() - began < SOON
    assert _gone(family)
    assert "Traceback" not in service.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_asked_twice_it_ends_in_order(serve: Serve, number: signal.Signals) -> None:
    """An impatient second Ctrl-C leaves nothing behind either."""
    service = serve()
    service.start()
    family = list(descendants(service.pid))
    os.kill(service.pid, number)
    assert service.stop(number) == 0
    assert _gone(family)
    assert "Traceback" not in service.log.read_text(encoding="utf-8")


def test_killed_supervisor_leaves_no_orphans(serve: Serve) -> None:
    """After kill -9 of the supervisor alone its children end, and a new start takes over the same port."""
    service = serve()
    service.start()
    family = list(descendants(service.pid))
    assert len(family) >= 3  # gunicorn, its worker, the follower
    assert service.stop(signal.SIGKILL) == -signal.SIGKILL
    assert _gone(family)
    again = serve(port=service.port)
    again.start()
    assert again.stop() == 0


def test_dead_follower_ends_the_service(serve: Serve) -> None:
    """Without a follower nothing that is written could be read, so the service ends and can be started again."""
    service = serve()
    service.start()
    family = list(descendants(service.pid))
    os.kill(child(service.pid, "follow"), signal.SIGKILL)
    assert service.wait(SOON) == 1
    assert _gone(family)
    assert "Traceback" not in service.log.read_text(encoding="utf-8")


def test_dead_worker_is_replaced(serve: Serve) -> None:
    """A web process that is killed is started again by gunicorn; the service goes on."""
    service = serve()
    service.start()
    master = child(service.pid, "gunicorn")
    (worker,) = descendants(master)
    os.kill(worker, signal.SIGKILL)
    deadline = time.monotonic() + SOON
    while list(descendants(master)) in ([], [worker]):
        assert time.monotonic() < deadline
        time.sleep(0.05)
    assert service.stop() == 0
