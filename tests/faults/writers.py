"""Firms that record jobs one after the other, and remember what was promised to them."""

from __future__ import annotations

import threading
from contextlib import closing, suppress
from dataclasses import dataclass, field
from http.client import HTTPException
from itertools import count
from typing import Any

from tests.callers import Answer, Caller, Member, finished_job

REST = 0.1  # seconds after a refusal


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
    """One thread a firm; each records for the next firm, until the service is gone or they are told to stop."""

    firms: list[Member]
    promises: list[Promise] = field(default_factory=list)
    pending: dict[str, tuple[Member, dict[str, Any]]] = field(default_factory=dict)  # asked, and not answered yet
    refused: list[Answer] = field(default_factory=list)
    _numbers: count[int] = field(default_factory=count)
    _threads: list[threading.Thread] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def start(self, port: int) -> None:
        """Let all of them write."""
        self._stop.clear()
        self._threads = [
            threading.Thread(target=self._write, args=(Caller(port, firm.key), firm, partner), daemon=True)
            for firm, partner in zip(self.firms, [*self.firms[1:], self.firms[0]], strict=True)
        ]
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Let each have its last answer."""
        self._stop.set()
        self.join()

    def join(self) -> None:
        """Wait until each has noticed that the service is gone."""
        for thread in self._threads:
            thread.join(20)
            assert not thread.is_alive()

    def repeat_pending(self, port: int) -> None:
        """Send again what was never answered, or refused, under the same keys."""
        for title, (firm, body) in list(self.pending.items()):
            with closing(Caller(port, firm.key)) as caller:
                self._record(caller, firm, title, body, first=False)

    def _write(self, caller: Caller, firm: Member, partner: Member) -> None:
        with closing(caller), suppress(OSError, HTTPException):
            while not self._stop.is_set():
                title = f"Job {next(self._numbers)}"
                body = finished_job(firm.id, partner.id, title)
                self.pending[title] = (firm, body)
                self._record(caller, firm, title, body, first=True)

    def _record(self, caller: Caller, firm: Member, title: str, body: dict[str, Any], *, first: bool) -> None:
        answer = caller.send("POST", "/v1/collaborations", body, Idempotency_Key=title.replace(" ", "-"))
        if answer.status == 201:
            self.promises.append(Promise(firm, title, answer.body["id"], answer.body["position"], first))
            del self.pending[title]
        else:  # and may be recorded all the same: asked again in the end
            self.refused.append(answer)
            self._stop.wait(REST)
