"""The courier killed between sending and noting; live streams while the service is told to stop."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from tests.callers import Caller
from tests.faults.conftest import Serve
from tests.receiver import Message, receiving
from tests.service import Service, child

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # what is killed has the machine to itself

PATIENCE = 45.0  # seconds; a lease ends by itself after 15
LOCAL = {"LEDGER_WEBHOOKS_LOCAL": "true"}


def _operator(service: Service, tmp_path: Path) -> Caller:
    return Caller(service.port, (tmp_path / "operator.key").read_text(encoding="utf-8").strip())


def _register(operator: Caller, name: str) -> Any:
    return operator.post("/v1/banks", {"name": name}, Idempotency_Key=uuid4().hex)


def _until(done: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_killed_after_sending_it_sends_again(serve: Serve, database_url: str, tmp_path: Path) -> None:
    """The same event with the same id, and then the next; nothing is lost and nothing overtakes."""
    service = serve(LOCAL, "--database-url", database_url)
    service.start()
    with receiving() as receiver:

        def kill(_: Message) -> None:
            if len(receiver.messages) == 1:
                os.kill(child(service.pid, "deliver"), signal.SIGKILL)

        receiver.before = kill
        with closing(_operator(service, tmp_path)) as operator:
            operator.post("/v1/webhooks", {"url": receiver.url, "types": ["ledger.bank.registered"]})
            first, second = (_register(operator, name)["id"] for name in ("First bank", "Second bank"))
        assert service.wait() == 1  # without its courier the installation ends, and says so
        service.start()
        _until(lambda: len(receiver.messages) >= 3)
        subjects = [message.event["subject"] for message in receiver.messages]
        assert subjects == [f"bank/{first}", f"bank/{first}", f"bank/{second}"]
        assert receiver.ids()[0] == receiver.ids()[1]
    assert service.stop() == 0


def test_a_running_stream_does_not_hold_up_the_end(serve: Serve, tmp_path: Path) -> None:
    """It tells of what is recorded meanwhile, and ends within seconds when the service is told to stop."""
    service = serve()
    service.start()
    with closing(_operator(service, tmp_path)) as operator:
        connection = HTTPConnection("127.0.0.1", service.port, timeout=PATIENCE)
        with closing(connection):
            connection.request("GET", "/v1/events/stream", headers={"Authorization": f"Bearer {operator.key}"})
            response = connection.getresponse()
            assert response.status == 200
            assert response.readline()
            _register(operator, "First bank")
            seen = b""
            while b"bank.registered" not in seen:
                seen = response.readline()
            began = time.monotonic()
            assert service.stop() == 0
            assert time.monotonic() - began < 8
