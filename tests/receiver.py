"""A receiver of webhooks in a thread: keeps what it is sent and answers as it is told."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Message:
    """One request as it arrived; header names in small letters."""

    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def event(self) -> Any:
        """The CloudEvent."""
        return json.loads(self.body)


@dataclass
class Receiver:
    """Where it listens, what it got, and how it answers: a status, after whatever `before` does."""

    url: str = ""
    status: int = 204
    headers: dict[str, str] = field(default_factory=dict)
    before: Callable[[Message], object] = lambda _: None
    messages: list[Message] = field(default_factory=list)

    def types(self) -> list[str]:
        """The types of the events that arrived, in order."""
        return [message.event["type"].removeprefix("ledger.") for message in self.messages]

    def ids(self) -> list[str]:
        """The ids of the messages that arrived, in order."""
        return [message.headers["webhook-id"] for message in self.messages]


@contextmanager
def receiving() -> Iterator[Receiver]:
    """Listen on this machine for the length of a block."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            message = Message(self.path, {name.lower(): value for name, value in self.headers.items()}, body)
            receiver.messages.append(message)
            receiver.before(message)
            self.send_response(receiver.status)
            for name, value in receiver.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    receiver.url = f"http://127.0.0.1:{server.server_port}/hook?of=ledger"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
