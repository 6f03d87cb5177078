"""Sending one message to an address outside: to the very address that was found public, and never for long.

A name is looked up once, and the connection goes to what was found: a name that is public when it is checked and local
when it is used finds nobody. Redirects are answers like any other, environment and proxies are not asked.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from ipaddress import ip_address

import certifi
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError

from ledger.domain.errors import InvalidRequest
from ledger.domain.web_address import WebAddress, may_reach, read_address

CONNECTING = 3.0  # seconds
ANSWERING = 10.0  # seconds without a byte
ALTOGETHER = 12.0  # seconds from the connection to the end, for one who sends a byte now and then
MOST_READ = 4096  # bytes of an answer; they are thrown away
MOST_ADDRESSES = 3

# It would write the address, which may be personal, into the log when a receiver answers nonsense.
logging.getLogger("urllib3.connection").disabled = True

DELIVERED = range(200, 300)
GONE = 410


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of it: `delivered`, `refused` with a status, `timeout`, `unreachable` or `forbidden`."""

    outcome: str
    status: int | None
    milliseconds: int

    @property
    def delivered(self) -> bool:
        """Whether the receiver took it."""
        return self.outcome == "delivered"


class ForbiddenAddressError(Exception):
    """The name leads to an address that events may not be sent to."""


def post(url: str, headers: Mapping[str, str], body: bytes, *, local: bool) -> Answer:
    """Send a message, and say what came of it; nothing that a receiver does raises."""
    began = time.monotonic()
    status: int | None = None
    try:
        status = _exchange(read_address(url, local=local), headers, body, local=local)
        outcome = "delivered" if status in DELIVERED else "refused"
    except (ForbiddenAddressError, InvalidRequest):
        outcome = "forbidden"
    except (HTTPError, HTTPException, OSError, ValueError, AttributeError):  # the last when cut off in the middle
        late = time.monotonic() - began >= CONNECTING
        outcome = "timeout" if late else "unreachable"
    return Answer(outcome, status, round((time.monotonic() - began) * 1000))


def _exchange(address: WebAddress, headers: Mapping[str, str], body: bytes, *, local: bool) -> int:
    with _connected(address, resolved(address, local=local)) as connection:
        sent = {**headers, "Host": address.authority, "Content-Length": str(len(body)), "Connection": "close"}
        connection.request("POST", address.target, body=body, headers=sent, preload_content=False)
        response = connection.getresponse()
        with suppress(HTTPError, OSError):
            response.read(MOST_READ, decode_content=False)
        return response.status


def resolved(address: WebAddress, *, local: bool) -> list[str]:
    """Return what the name leads to; raise `ForbiddenAddressError` when any of it is not public."""
    try:
        rows = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM)
    except UnicodeError as error:
        raise OSError(str(error)) from error
    found = list(dict.fromkeys(str(row[4][0]) for row in rows))
    if not found or not all(may_reach(ip_address(one), local=local) for one in found):
        raise ForbiddenAddressError(address.host)
    return found[:MOST_ADDRESSES]


@contextmanager
def _connected(address: WebAddress, found: list[str]) -> Iterator[HTTPConnection]:
    """Connect to the first of these addresses that answers, and cut the connection when its time is over."""
    connection = _first(address, found)
    sock = connection.sock
    watch = threading.Timer(ALTOGETHER, _cut, [sock])
    watch.daemon = True
    watch.start()
    try:
        connection.timeout = ANSWERING
        yield connection
    finally:
        watch.cancel()
        connection.close()


def _first(address: WebAddress, found: list[str]) -> HTTPConnection:
    for last, ip in enumerate(found, 1 - len(found)):
        connection = _connection(address, ip)
        try:
            connection.connect()
            return connection
        except (HTTPError, OSError):
            connection.close()
            if last == 0:
                raise
    raise OSError("no address")


def _connection(address: WebAddress, ip: str) -> HTTPConnection:
    """Return a connection to this very address, which proves by its certificate that it is the host."""
    if address.scheme == "http":
        return HTTPConnection(ip, address.port, timeout=CONNECTING)
    return HTTPSConnection(
        ip,
        address.port,
        timeout=CONNECTING,
        cert_reqs=ssl.CERT_REQUIRED,
        ca_certs=certifi.where(),
        server_hostname=address.host,
        assert_hostname=address.host,
    )


def _cut(sock: socket.socket) -> None:
    with suppress(OSError):
        socket.socket.shutdown(sock, socket.SHUT_RDWR)
