"""A client in a process of its own: so many connections that are used again, each with one request under way.

Reads its orders as JSON from standard input and writes what came back as JSON to standard output. Requests are
written as bytes beforehand: on a machine that server and client share, the client must cost little.
"""

from __future__ import annotations

import json
import re
import selectors
import socket
import sys
import time
from collections import Counter
from typing import TypedDict

KEY = b"{key}"
KEY_LENGTH = 32
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
END = b"\r\n\r\n"
DRAIN = 15.0  # seconds for the last answers
BROKEN = "no answer"


def written_length(body: str) -> int:
    """Return how many bytes a body has once its keys are written in."""
    text = body.encode()
    return len(text) + text.count(KEY) * (KEY_LENGTH - len(KEY))


class Orders(TypedDict):
    """Where to, for how long, with a request for each connection; `{key}` in it is new each time."""

    port: int
    seconds: float
    run: str
    requests: list[str]


class Outcome(TypedDict):
    """Answers by status within the time, the time (seconds), and each answer's milliseconds."""

    answers: dict[str, int]
    seconds: float
    milliseconds: list[float]


class Connection:
    """One connection, which asks again as soon as it has its answer."""

    def __init__(self, port: int, request: bytes, name: str) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=DRAIN)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._request, self._name = request, name
        self._number = 0
        self._received = b""
        self.asked = 0.0

    def ask(self) -> None:
        """Send the next request."""
        self._number += 1
        self._received = b""
        self.asked = time.perf_counter()
        self.socket.sendall(self._request.replace(KEY, f"{self._name}-{self._number}".rjust(KEY_LENGTH, "0").encode()))

    def take(self) -> str | None:
        """Take what has arrived; return the status once the answer is whole."""
        data = self.socket.recv(1 << 18)
        if not data:
            return BROKEN
        self._received += data
        head, end, body = self._received.partition(END)
        length = LENGTH.search(head) if end else None
        if length is None or len(body) < int(length[1]):
            return None
        return head[9:12].decode()


def run(orders: Orders) -> Outcome:
    """Ask until the time is over, then wait for the last answers, which no longer count."""
    selector, outcome = selectors.DefaultSelector(), Outcome(answers={}, seconds=orders["seconds"], milliseconds=[])
    for number, request in enumerate(orders["requests"]):
        connection = Connection(orders["port"], request.encode(), f"{orders['run']}-{number}")
        selector.register(connection.socket, selectors.EVENT_READ, connection)
        connection.ask()
    answers: Counter[str] = Counter()
    until = time.perf_counter() + orders["seconds"]
    while selector.get_map() and time.perf_counter() < until + DRAIN:
        for key, _ in selector.select(0.1):
            _serve(selector, key.data, until, answers, outcome["milliseconds"])
    answers[BROKEN] += len(selector.get_map())
    outcome["answers"] = {status: count for status, count in answers.items() if count}
    return outcome


def _serve(
    selector: selectors.BaseSelector,
    connection: Connection,
    until: float,
    answers: Counter[str],
    milliseconds: list[float],
) -> None:
    status = connection.take()
    if status is None:
        return
    now = time.perf_counter()
    if now <= until:
        milliseconds.append((now - connection.asked) * 1000)
    if now <= until or not status.startswith("2"):
        answers[status] += 1
    if now <= until and status != BROKEN:
        connection.ask()
    else:
        selector.unregister(connection.socket)
        connection.socket.close()


if __name__ == "__main__":
    json.dump(run(json.load(sys.stdin)), sys.stdout)
