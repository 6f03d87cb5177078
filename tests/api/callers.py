"""Callers of the interface in one process: each holds a key, and reads what was recorded before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from ledger.services import House

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TICK = timedelta(milliseconds=1)
# The requests that are no GET and read: the first finds the parties among the firms.
READING = ("/invoices", "/presentations", "/verifications", "verify")


class Clock:
    """A clock that moves a little whenever it is looked at, and far when it is told to."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        self.now += TICK
        return self.now

    def forward(self, **span: float) -> None:
        """Let time pass, such as `days=14`."""
        self.now += timedelta(**span)


@dataclass(frozen=True)
class Caller:
    """Somebody with a key, or without one; `id` is the firm, the bank or the network."""

    house: House
    client: FlaskClient
    key: str | None = None
    id: str = ""

    def send(self, method: str, path: str, json: Any = None, *, data: bytes | None = None, **headers: Any) -> Any:
        """Send a request, on read models that are up to date where it reads them; `if_match` becomes If-Match."""
        if method == "GET" or path.partition("?")[0].endswith(READING):
            self.house.follower.catch_up()
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.key is not None:
            sent.setdefault("Authorization", f"Bearer {self.key}")
        body = {"data": data} if data is not None else {} if json is None else {"json": json}
        return self.client.open(f"/v1{path}" if path.startswith("/") else path, method=method, headers=sent, **body)

    def get(self, path: str, **headers: Any) -> Any:
        """GET, whatever comes back."""
        return self.send("GET", path, **headers)

    def post(self, path: str, json: Any = None, *, data: bytes | None = None, **headers: Any) -> Any:
        """POST, whatever comes back."""
        return self.send("POST", path, json, data=data, **headers)

    def read(self, path: str, **headers: Any) -> Any:
        """GET what must be there, and return its JSON."""
        answer = self.get(path, **headers)
        assert answer.status_code == 200, answer.text
        return answer.json

    def record(self, path: str, json: Any = None, **headers: Any) -> Any:
        """POST what must be accepted, and return its JSON."""
        answer = self.post(path, json, **headers)
        assert answer.status_code == 201, answer.text
        return answer.json


def refused(answer: Any, status: int, code: str, *pointers: str) -> str:
    """Require this problem, with exactly these pointers, and return its detail."""
    problem = answer.json
    assert (answer.status_code, problem["code"]) == (status, code), answer.text
    assert answer.content_type == "application/problem+json"
    assert problem["status"] == status
    assert problem["request_id"] == answer.headers["X-Request-Id"]
    assert [fault["pointer"] for fault in problem.get("errors", [])] == list(pointers)
    return str(problem["detail"])
