"""What stands between a client and a ledger and loses replies to what was carried out."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random

PATIENCE = 60.0


class Dropping(ThreadingHTTPServer):
    """Passes on every request, and loses the first reply to each key and a third of the others."""

    daemon_threads = True
    request_queue_size = 100

    def __init__(self, behind: int, random: Random) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.port, self.behind, self.lost = self.server_port, behind, 0
        self._random, self._lock, self._seen = random, threading.Lock(), set[str]()

    def fate(self, key: str) -> float | None:
        """Say what becomes of the reply to a key: None, it arrives; else what part of it does, none below zero."""
        with self._lock:
            arrives = key in self._seen and self._random.random() > 1 / 3
            self._seen.add(key)
            self.lost += not arrives
            return None if arrives else self._random.uniform(-1, 1)


@contextmanager
def dropping(behind: int, random: Random) -> Iterator[Dropping]:
    """Lose replies of what listens there."""
    server = Dropping(behind, random)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join(PATIENCE)
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    server: Dropping
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        """Pass on; then hang up before there is a reply, after a part of it, or answer."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        part = self.server.fate(self.headers["Idempotency-Key"])
        with closing(HTTPConnection("127.0.0.1", self.server.behind, timeout=PATIENCE)) as ledger:
            ledger.request("POST", self.path, body, dict(self.headers))
            if part is not None and part < 0:  # the same request may come again while this one is carried out
                self.close_connection = True
                return
            reply = _whole(ledger.getresponse())
        self.wfile.write(reply if part is None else reply[: int(part * len(reply))])
        self.close_connection = part is not None

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing."""


def _whole(answer: HTTPResponse) -> bytes:
    """The reply as it came."""
    head = "".join(f"{name}: {value}\r\n" for name, value in answer.getheaders() if name != "Connection")
    return f"HTTP/1.1 {answer.status} {answer.reason}\r\n{head}\r\n".encode() + answer.read()
