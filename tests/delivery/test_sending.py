"""One message goes out to the very address that was found public, and never takes long."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from ledger.delivery import sending
from ledger.delivery.sending import ForbiddenAddressError, post, resolved
from ledger.domain.web_address import read_address
from tests.receiver import receiving

Speak = Callable[[socket.socket], None]


def hear(connection: socket.socket) -> None:
    """Read a request to its end: whoever hangs up on something unread takes back the answer as well."""
    heard = b""
    while not heard.endswith(b"{}") and (part := connection.recv(65536)):
        heard += part


@contextmanager
def listening(speak: Speak) -> Iterator[int]:
    """Speak with whoever connects, on a port of this machine."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    with connection, suppress(OSError):
                        speak(connection)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
    thread.join(5)


def found(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Let every name lead to these addresses, others at each question; return the names that were asked for."""
    asked: list[str] = []

    def look_up(host: str, port: int, *_: Any, **__: Any) -> list[Any]:
        if host in {ip for ips in answers for ip in ips}:  # an address leads to itself
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]
        asked.append(host)
        ips = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in ips]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_name_of_the_inside_is_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also when only one of its addresses is."""
    address = read_address("https://hooks.example.org/", local=False)
    for ips in (["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["169.254.169.254"], ["::ffff:10.0.0.1"], []):
        found(monkeypatch, ips)
        with pytest.raises(ForbiddenAddressError):
            resolved(address, local=False)
    found(monkeypatch, ["8.8.8.8"])
    assert resolved(address, local=False) == ["8.8.8.8"]


def test_forbidden_is_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers that a resolver reads as an address are caught as well, and nobody is connected to."""
    with receiving() as receiver:
        port = receiver.url.partition("127.0.0.1:")[2].partition("/")[0]
        for host in ("2130706433", "localhost", "127.0.0.1", "0x7f000001"):
            assert post(f"https://{host}:{port}/", {}, b"{}", local=False).outcome in ("forbidden", "unreachable")
        assert post(receiver.url, {}, b"{}", local=False).outcome == "forbidden"
        assert receiver.messages == []


def test_a_name_is_looked_up_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is allowed when checked and leads elsewhere when used finds nobody."""
    with receiving() as receiver:
        asked = found(monkeypatch, ["127.0.0.1"], ["192.0.2.1"])
        url = receiver.url.replace("127.0.0.1", "localhost")
        answer = post(url, {"x-test": "1"}, b"{}", local=True)
    assert (answer.outcome, answer.status) == ("delivered", 204)
    assert asked == ["localhost"]
    assert receiver.messages[0].headers["host"] == url.removeprefix("http://").partition("/")[0]
    assert receiver.messages[0].headers["x-test"] == "1"


def test_proxies_of_the_environment_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would look names up anew."""
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with receiving() as receiver:
        assert post(receiver.url, {}, b"{}", local=True).delivered


def test_nobody_listens() -> None:
    """Says so at once."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    assert post(f"http://127.0.0.1:{port}/", {}, b"{}", local=True).outcome == "unreachable"


@pytest.mark.parametrize("said", [b"", b"nonsense\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"\x00" * 70_000])
def test_nonsense_is_no_answer(said: bytes) -> None:
    """Whatever comes back, nothing raises."""

    def speak(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(said)

    with listening(speak) as port:
        assert not post(f"http://127.0.0.1:{port}/", {}, b"{}", local=True).delivered


def test_a_drip_is_cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Though a byte comes now and then."""
    monkeypatch.setattr(sending, "ALTOGETHER", 1.0)
    monkeypatch.setattr(sending, "CONNECTING", 0.5)

    def speak(connection: socket.socket) -> None:
        hear(connection)
        for _ in range(100):
            connection.sendall(b"H")
            time.sleep(0.1)

    began = time.monotonic()
    with listening(speak) as port:
        answer = post(f"http://127.0.0.1:{port}/", {}, b"{}", local=True)
        assert time.monotonic() - began < 5
    assert answer.outcome == "timeout"


def test_a_flood_is_not_read() -> None:
    """A status is all that counts of an answer."""

    def speak(connection: socket.socket) -> None:
        hear(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n")
        for _ in range(2000):
            connection.sendall(b"x" * 65536)

    began = time.monotonic()
    with listening(speak) as port:
        assert post(f"http://127.0.0.1:{port}/", {}, b"{}", local=True).delivered
    assert time.monotonic() - began < 5


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a certificate for a name, signed by itself, and return it and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / f"{name}.pem", folder / f"{name}.key"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    unencrypted = serialization.NoEncryption()
    pkcs8 = serialization.PrivateFormat.PKCS8
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, pkcs8, unencrypted))
    return files


@pytest.mark.parametrize(("name", "outcome"), [("localhost", "delivered"), ("other.example.org", "unreachable")])
def test_a_receiver_proves_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, outcome: str) -> None:
    """The connection goes to an address, the certificate and SNI are about the name."""
    made, key = certificate(tmp_path, name)
    asked: list[str | None] = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)
    context.sni_callback = lambda _socket, host, _context: asked.append(host)
    monkeypatch.setattr("certifi.where", lambda: str(made))

    def speak(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True) as secured:
            hear(secured)
            secured.sendall(b"HTTP/1.1 204 No Content\r\n\r\n")

    with listening(speak) as port:
        assert post(f"https://localhost:{port}/", {}, b"{}", local=True).outcome == outcome
    assert asked[0] == "localhost"


def test_an_unknown_issuer_is_not_believed(tmp_path: Path) -> None:
    """Also on this machine."""
    made, key = certificate(tmp_path, "localhost")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(made, key)

    def speak(connection: socket.socket) -> None:
        with context.wrap_socket(connection, server_side=True):
            pass

    with listening(speak) as port:
        assert post(f"https://localhost:{port}/", {}, b"{}", local=True).outcome == "unreachable"
