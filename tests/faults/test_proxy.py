"""The site for nginx that an operator is given, in front of a running ledger."""

from __future__ import annotations

import shutil
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import ExitStack
from http.client import HTTPResponse, HTTPSConnection
from pathlib import Path

import pytest

from tests.faults.conftest import Serve
from tests.faults.proxy import NAME, Proxy

NGINX = shutil.which("nginx", path="/usr/local/sbin:/usr/sbin:/usr/local/bin:/usr/bin")
pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(NGINX is None, reason="nginx is not installed (Debian: apt-get install nginx-light)"),
]
SLOW = 200
UNFINISHED = f"POST /v1/collaborations HTTP/1.1\r\nHost: {NAME}\r\nContent-Length: 500\r\n\r\n{{".encode()


@pytest.fixture
def proxy(serve: Serve, tmp_path: Path) -> Iterator[Proxy]:
    """Nginx in front of a ledger that knows of it."""
    service = serve({"LEDGER_PUBLIC_URL": f"https://{NAME}", "LEDGER_PROXIES": "1"})
    service.start()
    made = Proxy(tmp_path / "nginx", service.port)
    made.start()
    yield made
    made.stop()


def trusting(proxy: Proxy) -> ssl.SSLContext:
    """A client that trusts the test's certificate, and no other name than the ledger's."""
    return ssl.create_default_context(cafile=str(proxy.certificate))


class Client(HTTPSConnection):
    """Connects to this machine under the ledger's name."""

    def __init__(self, proxy: Proxy) -> None:
        self.trusted = trusting(proxy)
        super().__init__(NAME, proxy.port, timeout=30, context=self.trusted)

    def connect(self) -> None:
        """Connect without asking who has the name."""
        plain = socket.create_connection(("127.0.0.1", self.port), timeout=30)
        self.sock = self.trusted.wrap_socket(plain, server_hostname=NAME)


def asked(proxy: Proxy, path: str, method: str = "GET", body: bytes | None = None) -> HTTPResponse:
    """One answer through the proxy, read."""
    client = Client(proxy)
    client.request(method, path, body, {"X-Forwarded-For": "203.0.113.9"})
    answer = client.getresponse()
    answer.read()
    client.close()
    return answer


def test_it_serves_by_tls_alone_and_keeps_figures_inside(proxy: Proxy) -> None:
    """Pages come with HSTS; what is asked in clear is sent to https; `/metrics` is nobody's outside."""
    page = asked(proxy, "/login")
    assert (page.status, page.getheader("Strict-Transport-Security")) == (200, "max-age=63072000")
    assert asked(proxy, "/health/ready").status == 200
    assert asked(proxy, "/metrics").status == 404
    with socket.create_connection(("127.0.0.1", proxy.plain), timeout=10) as plain:
        plain.sendall(f"GET /login HTTP/1.0\r\nHost: {NAME}\r\n\r\n".encode())
        told = plain.recv(4096).decode()
    assert "308" in told.partition("\r\n")[0]
    assert f"Location: https://{NAME}/login" in told


def test_it_takes_documents_and_nothing_larger(proxy: Proxy) -> None:
    """A body above ten megabytes is refused before the ledger sees it."""
    assert asked(proxy, "/v1/invoices", "POST", bytes(9_000_000)).status == 401
    assert asked(proxy, "/v1/invoices", "POST", bytes(11_000_000)).status == 413


def test_slow_clients_hold_up_nobody(proxy: Proxy) -> None:
    """Two hundred who never finish their request, and everybody else is answered all the same."""
    context = trusting(proxy)
    with ExitStack() as waiting:
        for number in range(SLOW):
            raw = socket.socket()
            # Each from an address of its own: nginx counts the connections of one.
            raw.bind((f"127.0.1.{number % 200 + 1}", 0))
            raw.connect(("127.0.0.1", proxy.port))
            slow = waiting.enter_context(context.wrap_socket(raw, server_hostname=NAME))
            slow.sendall(UNFINISHED)
        began = time.monotonic()
        assert {asked(proxy, "/health/live").status for _ in range(20)} == {200}
        assert time.monotonic() - began < 10  # their own time-out: nobody waited for it
