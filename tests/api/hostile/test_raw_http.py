"""Bytes that are hardly HTTP, sent to the real server: it answers 4xx or closes, goes on, and logs no trace."""

from __future__ import annotations

import json
import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests import service
from tests.service import Service

HOST = b"Host: ledger\r\n"
LIVE = b"GET /health/live HTTP/1.1\r\n" + HOST
PATIENCE = 10.0


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service; whatever was sent to it, it still answers at the end and its log holds no trace."""
    made = service.ledger(tmp_path_factory.mktemp("raw"), {"LEDGER_THREADS": "8"})
    try:
        made.start()
        yield made
        assert service.answers(made.port)
        log = made.log.read_text(encoding="utf-8")
        assert "Traceback" not in log, log[-3000:]
        assert '"level": "error"' not in log, log[-3000:]
    finally:
        made.kill()


def exchanged(port: int, *parts: bytes, pause: float = 0.0) -> bytes:
    """Send these bytes, half-close, and return everything that comes back until the server closes."""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE) as connection:
        received = b""
        try:
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)
            connection.shutdown(socket.SHUT_WR)
            while chunk := connection.recv(65536):
                received += chunk
        except OSError:  # closing in the middle is an answer as well
            pass
        return received


def statuses(received: bytes) -> list[int]:
    """The status of every answer."""
    lines = received.replace(b"}HTTP/1.1", b"}\nHTTP/1.1").splitlines()
    return [int(line.split()[1]) for line in lines if line.startswith(b"HTTP/1.1 ")]


def key(served: Service) -> bytes:
    """The header of the operator."""
    secret = (served.log.parent / "operator.key").read_text(encoding="utf-8").strip()
    return f"Authorization: Bearer {secret}\r\nContent-Type: application/json\r\n".encode()


NO_HTTP = {
    "nothing": b"\r\n\r\n",
    "one word": b"GET\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "another version": b"GET / HTTP/9.9\r\n" + HOST + b"\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 50,
    "spaces": b"GET  /  HTTP/1.1\r\n\r\n",
    "a method of signs": b'G"T / HTTP/1.1\r\n\r\n',
    "bytes": bytes(range(256)) * 20,
    "a long line": b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    "NUL in the path": b"GET /health/\x00live HTTP/1.1\r\n" + HOST + b"\r\n",
    "escaped NUL in the path": b"GET /health/%00live HTTP/1.1\r\n" + HOST + b"\r\n",
    "bytes in the path": b"GET /health/\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n",
    "a flood of headers": LIVE + b"".join(b"X-%d: 1\r\n" % n for n in range(10_000)) + b"\r\n",
    "a long header": LIVE + b"X-Long: " + b"a" * 100_000 + b"\r\n\r\n",
    "a header without a name": LIVE + b": x\r\n\r\n",
    "a header without a colon": LIVE + b"nonsense\r\n\r\n",
    "a space before the colon": LIVE + b"X-A : 1\r\n\r\n",
    "a folded header": LIVE + b"X-A: 1\r\n 2\r\n\r\n",
    "NUL in a header": LIVE + b"X-A: a\x00b\r\n\r\n",
    "CR in a header": LIVE + b"X-A: a\rX-B: b\r\n\r\n",
    "a length of letters": LIVE + b"Content-Length: abc\r\n\r\n",
    "a negative length": LIVE + b"Content-Length: -1\r\n\r\n",
    "a length with a sign": LIVE + b"Content-Length: +5\r\n\r\nabcde",
    "two lengths": LIVE + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a list of lengths": LIVE + b"Content-Length: 1, 1\r\n\r\na",
    "an unknown coding": LIVE + b"Transfer-Encoding: nonsense\r\n\r\n",
    "chunked twice": LIVE + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunked not last": LIVE + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "chunked in HTTP/1.0": b"POST /v1/networks HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
}


@pytest.mark.parametrize("sent", NO_HTTP.values(), ids=NO_HTTP)
def test_what_is_no_http_is_refused(served: Service, sent: bytes) -> None:
    """It is answered 4xx with a problem that says what is expected, or the connection is closed."""
    received = exchanged(served.port, sent)
    assert all(400 <= status < 500 for status in statuses(received)), received
    if received:
        head, _, body = received.partition(b"\r\n\r\n")
        assert b"application/problem+json" in head
        assert json.loads(body)["detail"]


@pytest.mark.parametrize(
    "headers",
    *[
        [
            b"Content-Length: 4\r\nTransfer-Encoding: chunked\r\n",
            b"Transfer-Encoding: chunked\r\nContent-Length: 4\r\n",
            b"Content-Length: 4\r\nTransfer-Encoding : chunked\r\n",
            b"Content-Length: 4\r\nTransfer-Encoding:\x0bchunked\r\n",
            b"Content-Length: 4\r\nTransfer_Encoding: chunked\r\n",
            b"Content-Length: 4\r\nContent-Length: 60\r\n",
        ]
    ],
)
def test_no_request_is_smuggled(served: Service, headers: bytes) -> None:
    """A body whose end can be read in two ways never leads to an answer for what hides in it."""
    hidden = b"0\r\n\r\nGET /health/ready HTTP/1.1\r\n" + HOST + b"\r\n"
    received = exchanged(served.port, b"POST /v1/networks HTTP/1.1\r\n" + HOST + headers + b"\r\n" + hidden)
    assert 200 not in statuses(received), received


def test_requests_in_a_row_are_answered_in_a_row(served: Service) -> None:
    """Requests that do not wait for their answers get all of them, in order, until one is no HTTP."""
    received = exchanged(served.port, (LIVE + b"\r\n") * 5 + b"nonsense\r\n\r\n" + LIVE + b"\r\n")
    assert statuses(received)[:5] == [200] * 5
    assert all(400 <= status < 500 for status in statuses(received)[5:])


CHUNKS = {
    "no size": (b"x\r\nabc\r\n0\r\n\r\n", {400}),
    "a negative size": (b"-1\r\nabc\r\n0\r\n\r\n", {400}),
    "an endless size": (b"f" * 400 + b"\r\nabc\r\n", {400, 413}),
    "a wrong size": (b"2\r\nabcdef\r\n0\r\n\r\n", {400}),
    "no end": (b"2\r\n{}\r\n", {400, 422}),
    "an empty body": (b"0\r\n\r\n", {400}),
    "too much": (b"100000\r\n" + b" " * 0x100000 + b"\r\n0\r\n\r\n", {413}),
    "a good body": (b'e\r\n{"name": "Exam\r\n5\r\nple"}\r\n0\r\n\r\n', {201}),
}


@pytest.mark.parametrize(("chunks", "expected"), CHUNKS.values(), ids=CHUNKS)
def test_chunks_are_chunks(served: Service, chunks: bytes, expected: set[int]) -> None:
    """A chunked body is read as far as it is one; a bad chunk is the client's mistake."""
    head = b"POST /v1/networks HTTP/1.1\r\n" + HOST + key(served) + b"Transfer-Encoding: chunked\r\n\r\n"
    answered = statuses(exchanged(served.port, head + chunks))
    assert set(answered[:1]) <= expected
    assert all(status < 500 for status in answered)


def test_bodies_are_refused_by_their_length(served: Service) -> None:
    """A length above the limit is refused at once; one that is never sent ends with the connection."""
    head = b"POST /v1/networks HTTP/1.1\r\n" + HOST + key(served)
    assert statuses(exchanged(served.port, head + b"Content-Length: 99999999999\r\n\r\n"))[:1] in ([413], [])
    assert statuses(exchanged(served.port, head + b"Content-Length: 50\r\n\r\n{"))[:1] in ([400], [])


@pytest.mark.parametrize("host", [b"", b"a b", b"\xff", b"xn--a", b"[::", b"..", b"a" * 300, b"a:99999", b"a/b", b"@"])
def test_any_host_is_answered(served: Service, host: bytes) -> None:
    """A name that no host has is refused, or not needed."""
    received = exchanged(served.port, b"GET /health/live HTTP/1.1\r\nHost: " + host + b"\r\n\r\n")
    assert set(statuses(received)) <= {200, 400}


@pytest.mark.slow
def test_slow_headers_do_not_stop_others(served: Service) -> None:
    """While a few callers send their headers byte by byte, others are answered."""
    with ExitStack() as stack:
        slow = [stack.enter_context(socket.create_connection(("127.0.0.1", served.port))) for _ in range(4)]
        for byte in LIVE[:20]:
            for connection in slow:
                connection.sendall(bytes([byte]))
            began = time.monotonic()
            assert service.answers(served.port)
            assert time.monotonic() - began < 2


def test_the_service_still_records(served: Service) -> None:
    """After all that, a valid request is recorded as before."""
    head = b"POST /v1/networks HTTP/1.1\r\n" + HOST + key(served) + b"Content-Length: 27\r\n\r\n"
    assert statuses(exchanged(served.port, head + b'{"name": "Example network"}')) == [201]
