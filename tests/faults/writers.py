"""Firms that record jobs without a pause, and remember what was promised to them."""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import Any

from tests.callers import Caller, Member, finished_job


@dataclass(frozen=True)
class Promise:
    """An acknowledged job: who recorded it, under which title, and what was answered.

    The answer to a repeated request may name a later position than the job's own; `first` tells them apart.
    """

    firm: Member
    title: str
    id: str
    position: int
    first: bool


@dataclass
class Writers:
    """One thread a firm; each records for the next firm, until it is told to stop or the service is gone."""

    firms: list[Member]
    promises: list[Promise] = field(default_factory=list)
    pending: dict[str, tuple[Member, dict[str, Any]]] = field(default_factory=dict)  # asked, and not answered yet
    refused: list[str] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _threads: list[threading.Thread] = field(default_factory=list)
    _enough: threading.Event = field(default_factory=threading.Event)

    def start(self, port: int) -> None:
        """Let all of them write."""
        self._enough.clear()
        self._threads = [
            threading.Thread(target=self._write, args=(Caller(port, firm.key), firm, partner), daemon=True)
            for firm, partner in zip(self.firms, [*self.firms[1:], self.firms[0]], strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def join(self) -> None:
        """Wait until each has noticed that the service is gone."""
        for thread in self._threads:
            thread.join(20)
            assert not thread.is_alive()

    def stop(self) -> None:
        """Let each finish what it has begun."""
        self._enough.set()
        self.join()

    def repeat_pending(self, port: int) -> None:
        """Send again what was never answered, under the same keys."""
        for title, (firm, body) in list(self.pending.items()):
            with closing(Caller(port, firm.key)) as caller:
                self._record(caller, firm, title, body, first=False)

    def _write(self, caller: Caller, firm: Member, partner: Member) -> None:
        with closing(caller), suppress(OSError, HTTPException):
            while not self._enough.is_set():
                title = f"Job {next(self._numbers)}"
                body = finished_job(firm.id, partner.id, title)
                self.pending[title] = (firm, body)
                self._record(caller, firm, title, body, first=True)

    def _record(self, caller: Caller, firm: Member, title: str, body: dict[str, Any], *, first: bool) -> None:
        answer = caller.send("POST", "/v1/collaborations", body, Idempotency_Key=title.replace(" ", "-"))
        if answer.status == 201:
            self.promises.append(Promise(firm, title, answer.body["id"], answer.body["position"], first))
        else:
            self.refused.append(f"{answer.status} {answer.body}")
        del self.pending[title]


def each_is_there(port: int, promises: list[Promise]) -> None:
    """Each firm reads what was promised to it."""
    for firm in {promise.firm for promise in promises}:
        with closing(Caller(port, firm.key)) as caller:
            for promise in promises:
                if promise.firm == firm:
                    path = f"/v1/collaborations/{promise.id}?min_position={promise.position}&wait=10"
                    assert caller.get(path)["title"] == promise.title
