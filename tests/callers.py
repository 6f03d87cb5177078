"""Callers over HTTP: the operator, an office, its firms and the jobs they record."""

from __future__ import annotations

import json
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from typing import Any
from uuid import uuid4

PATIENCE = 15.0  # seconds for an answer


@dataclass(frozen=True)
class Answer:
    """What came back; `body` is read from JSON."""

    status: int
    headers: dict[str, str]
    body: Any


class Caller:
    """One holder of a key with one connection that is used again; for one thread."""

    def __init__(self, port: int, key: str) -> None:
        self.key = key
        self._connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def send(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Send and return the answer, whatever its status; raise `OSError` or `HTTPException` when none comes."""
        sent = {"Authorization": f"Bearer {self.key}", **{name.replace("_", "-"): headers[name] for name in headers}}
        if body is not None:
            sent["Content-Type"] = "application/json"
        try:
            self._connection.request(method, path, None if body is None else json.dumps(body), sent)
            response = self._connection.getresponse()
            text = response.read()
        except (OSError, HTTPException):
            self._connection.close()  # the next request begins with a new one
            raise
        return Answer(response.status, dict(response.getheaders()), json.loads(text) if text else None)

    def get(self, path: str) -> Any:
        """Return what is read there; the answer must be a good one."""
        return self._good(self.send("GET", path))

    def post(self, path: str, body: object, **headers: str) -> Any:
        """Return what was answered; it must be a good answer."""
        return self._good(self.send("POST", path, body, **headers))

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()

    @staticmethod
    def _good(answer: Answer) -> Any:
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status}: {answer.body}")
        return answer.body


@dataclass(frozen=True)
class Member:
    """A firm of the network and its key."""

    id: str
    key: str


def found_network(port: int, operator: str, firms: int) -> list[Member]:
    """Found a network with so many firms."""
    with closing(Caller(port, operator)) as root:
        network = root.post("/v1/networks", {"name": "Example network"})["id"]
        key = root.post("/v1/keys", {"role": "coordinator", "subject": network})["key"]
    with closing(Caller(port, key)) as office:
        return [_admit(office, f"Example firm {n}") for n in range(firms)]


def _admit(office: Caller, name: str) -> Member:
    firm = office.post("/v1/firms", {"name": name, "country": "DE"})["id"]
    return Member(firm, office.post("/v1/keys", {"role": "firm", "subject": firm})["key"])


def finished_job(by: str, partner: str, title: str = "Gear housings") -> dict[str, Any]:
    """The body that records a finished job of `by` for its partner."""
    return {
        "kind": "subcontract",
        "title": title,
        "parties": [{"firm": by, "role": "contractor"}, {"firm": partner, "role": "subcontractor"}],
        "terms": {
            "value": {"amount": "48200.00", "currency": "EUR"},
            "period": {"from": "2024-09-16", "to": "2024-11-08"},
            "process": "CNC turning",
        },
        "evidence": [{"sha256": uuid4().hex * 2, "media_type": "application/xml", "title": "Invoice 2024-117"}],
        "completed_on": "2024-11-08",
        "assessments": [{"about": partner, "on_time": True, "accepted": True, "defects": 0}],
    }
