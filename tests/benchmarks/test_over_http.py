"""The benchmarks tell a failure from a figure."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

import pytest

from scripts.benchmarks.figures import PEER_NAME, Round, rows_of
from scripts.benchmarks.load import BROKEN, Orders, Outcome, run
from scripts.benchmarks.report import as_json, table

ASK = "GET /{path} HTTP/1.1\r\nHost: localhost\r\nIdempotency-Key: {key}\r\n\r\n"


class Example(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    keys: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        if self.path == "/broken":
            self.close_connection = True
            return
        key = self.headers["Idempotency-Key"]
        self.send_response(409 if key in self.keys or self.path == "/refused" else 200)
        self.keys.add(key)
        self.send_header("Content-Length", "100000")
        self.end_headers()
        self.wfile.write(b"x" * 100_000)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def port() -> Iterator[int]:
    """Where a small server answers, refuses or hangs up."""
    Example.keys.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Example) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


def orders(port: int, *paths: str) -> Orders:
    """A short run with a connection for each path."""
    requests = [ASK.replace("{path}", path) for path in paths]
    return Orders(port=port, seconds=0.2, run="test", requests=requests)


def test_every_request_has_a_key_of_its_own(port: int) -> None:
    """Large answers are read whole, and each counts once with its time."""
    outcome = run(orders(port, "good", "good"))
    assert list(outcome["answers"]) == ["200"]
    assert outcome["answers"]["200"] == len(outcome["milliseconds"]) > 2


def test_refusals_and_broken_connections_are_counted(port: int) -> None:
    """By what came back instead."""
    outcome = run(orders(port, "refused", "broken"))
    assert set(outcome["answers"]) == {"409", BROKEN}
    assert outcome["answers"][BROKEN] == 1


def test_a_row_names_its_failures() -> None:
    """With the server they came from; the figures for programs keep to the agreed shape."""
    good = Outcome(answers={"201": 4}, seconds=2.0, milliseconds=[1.0, 2.0, 3.0, 4.0])
    bad = Outcome(answers={"201": 1, "500": 1}, seconds=2.0, milliseconds=[4.0, 8.0])
    rounds: list[Round] = [{"peer": good, "ledger": bad}]
    rows = rows_of("recording", rounds)
    assert rows["recording"].failures == {"ledger: 500": 1}
    assert "FAILED ledger: 500: 1" in table(rows)
    written = json.loads(as_json({"http": rows}))["http"]["recording"]
    assert written == {"value": 1.0, "unit": "requests/s", "ratio": {PEER_NAME: 0.5}}
