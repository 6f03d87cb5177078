"""Firms that read and record all the time, one request after the other with a pause, and what they were answered."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from http.client import HTTPException
from itertools import cycle
from typing import NamedTuple
from uuid import uuid4

from tests.callers import Caller, Member, finished_job

PAUSE = 0.1  # seconds between an answer and the next request
REFUSED = 400
NOTHING = 0  # the status of no answer


class Answered(NamedTuple):
    """What a request was answered, and after how many milliseconds."""

    status: int
    milliseconds: float

    @property
    def failed(self) -> bool:
        """Whether it was refused, or never answered."""
        return not NOTHING < self.status < REFUSED


@contextmanager
def asked(port: int, firms: Sequence[Member], paths: Sequence[str]) -> Iterator[list[Answered]]:
    """Yield the answers as they come: each firm reads these of its own, and records a job with its neighbour."""
    stop, answers = threading.Event(), list[Answered]()
    pairs = zip(firms, [*firms[1:], firms[0]], strict=True)
    threads = [threading.Thread(target=_ask, args=(port, *pair, paths, stop, answers)) for pair in pairs]
    for thread in threads:
        thread.start()
    try:
        yield answers
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _ask(
    port: int,
    firm: Member,
    partner: Member,
    paths: Sequence[str],
    stop: threading.Event,
    answers: list[Answered],
) -> None:
    with closing(Caller(port, firm.key)) as caller:
        for request in cycle(_requests(caller, firm, partner, paths)):
            began = time.perf_counter()
            try:
                status = request()
            except (OSError, HTTPException):
                status = NOTHING
            answers.append(Answered(status, (time.perf_counter() - began) * 1e3))
            if stop.wait(PAUSE):
                return


def _requests(caller: Caller, firm: Member, partner: Member, paths: Sequence[str]) -> list[Callable[[], int]]:
    def reading(path: str) -> Callable[[], int]:
        return lambda: caller.send("GET", f"/v1/firms/{firm.id}/{path}").status

    def recording() -> int:
        body = finished_job(firm.id, partner.id)
        return caller.send("POST", "/v1/collaborations", body, Idempotency_Key=str(uuid4())).status

    return [recording, *(reading(path) for path in paths)]
