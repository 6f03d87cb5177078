"""Living through a fault: firms go on recording, and what they are told is true."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from tests.callers import Answer, Caller
from tests.faults.promises import each_is_there_once
from tests.faults.writers import Writers
from tests.service import Service

CODES = ("unavailable", "outcome-unknown")


def until_refused(writers: Writers, seconds: float) -> None:
    """Wait until each writer has been refused once more."""
    enough = len(writers.refused) + len(writers.firms)
    _until(lambda: len(writers.refused) >= enough, seconds)


def until_accepted(writers: Writers, seconds: float) -> None:
    """Wait until as many jobs more are recorded as there are writers."""
    enough = len(writers.promises) + len(writers.firms)
    _until(lambda: len(writers.promises) >= enough, seconds)


def until_followed(port: int, seconds: float) -> None:
    """Wait until every read model and the seals have reached the head."""
    with closing(Caller(port, "")) as anyone:
        _until(lambda: _at_head(anyone.send("GET", "/health/ready")), seconds)


def settle(service: Service, writers: Writers, seconds: float) -> None:
    """End the writers and require that they were told the truth, and nothing but 503."""
    writers.stop()
    writers.repeat_pending(service.port)
    assert {(answer.status, answer.body["code"]) for answer in writers.refused} <= {(503, code) for code in CODES}
    until_followed(service.port, seconds)
    each_is_there_once(service.port, writers)


def _at_head(answer: Answer) -> bool:
    lags = [stand["lag"] for stand in answer.body["projections"]]
    return answer.status == 200 and not any([*lags, answer.body["sealing"]["lag"]])


def _until(done: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.05)
