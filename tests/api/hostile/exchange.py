"""A request as plain data, so that it can be mutated, and what came back for it."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, urlencode

JSON = "application/json"
PROBLEM = "application/problem+json"
SLOW = 2.0  # seconds: no answer may take longer
NEVER_THERE = 10**12


@dataclass(frozen=True)
class Request:
    """What is sent: `body` as JSON, or `raw` as it is; `query` as pairs, or as the text behind the question mark."""

    method: str
    path: str
    caller: str = "office"
    query: tuple[tuple[str, str], ...] | str = ()
    headers: tuple[tuple[str, str], ...] = ()
    body: Any = None
    raw: bytes | None = None
    content_type: str | None = JSON
    name: str = ""  # the endpoint that it is a valid request for, before it is mutated

    def with_header(self, name: str, value: str) -> Request:
        """The same request with this header instead of its own."""
        others = tuple(pair for pair in self.headers if pair[0].lower() != name.lower())
        return replace(self, headers=(*others, (name, value)))

    def payload(self) -> bytes | None:
        """The bytes of the body, None without one."""
        if self.raw is not None:
            return self.raw
        return None if self.body is None else json.dumps(self.body).encode()

    def query_string(self) -> str:
        """What stands behind the question mark."""
        return self.query if isinstance(self.query, str) else urlencode(self.query, quote_via=quote)

    def __str__(self) -> str:
        payload = self.payload()
        shown = b"" if payload is None else payload[:300] + (b"..." if len(payload) > 300 else b"")
        address = f"{self.path[:200]!a}?{self.query_string()[:200]!a}"
        return f"{self.caller}: {self.method} {address} {self.headers!a} {self.content_type!a} {shown!r}"


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many seconds."""

    status: int
    content_type: str
    text: str
    seconds: float

    @property
    def json(self) -> Any:
        """The body; NaN and Infinity, which Python would write and read, are no JSON."""
        return json.loads(self.text, parse_constant=_no_constant)


def complaint(request: Request, answer: Answer) -> str | None:
    """Return what is wrong with an answer to whatever was sent; None when it is as it should be."""
    if answer.seconds > SLOW:
        return f"took {answer.seconds:.1f} s"
    if answer.status >= 500 and not _waits(request, answer):
        return f"answered {answer.status}: {answer.text[:300]}"
    if 300 <= answer.status < 400:
        return f"led elsewhere with {answer.status}"
    if answer.status >= 400:
        return _malformed_problem(request, answer)
    if answer.content_type == JSON and request.method != "HEAD":
        _ = answer.json
    return None


def _waits(request: Request, answer: Answer) -> bool:
    """A position that is not there yet was asked for: the interface promises 504."""
    asked = answer.status == 504 and "min_position" in request.query_string()
    return asked and (request.method == "HEAD" or answer.json["code"] == "not-yet")  # HEAD has no body to say so


def _malformed_problem(request: Request, answer: Answer) -> str | None:
    if answer.content_type != PROBLEM:
        return f"answered {answer.status} as {answer.content_type}"
    if request.method == "HEAD":
        return None
    problem = answer.json
    faults = problem.get("errors", [])
    right = (
        problem["status"] == answer.status
        and all(problem[name] for name in ("type", "title", "detail", "code"))
        and all(fault["detail"] and isinstance(fault["pointer"], str) for fault in faults)
        and len(answer.text) < 100_000
    )
    return None if right else f"is no good problem: {answer.text[:300]}"


def _no_constant(name: str) -> Any:
    raise ValueError(f"{name} is not JSON")
