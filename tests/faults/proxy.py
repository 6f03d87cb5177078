"""nginx as deploy/nginx.conf sets it, on ports and with a certificate of the test's own."""

from __future__ import annotations

import re
import shutil
import signal
import socket
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.house.tree import ROOT
from tests.service import free_port

NAME = "ledger.example.org"
AROUND = """
daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 2048; }}
http {{
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/site.conf;
}}
"""


class Proxy:
    """A running nginx in front of a port."""

    def __init__(self, folder: Path, behind: int) -> None:
        folder.mkdir()
        self.port, self.plain, self.certificate = free_port(), free_port(), folder / "fullchain.pem"
        _certify(self.certificate, folder / "privkey.pem")
        site = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        site = site.replace("127.0.0.1:8000", f"127.0.0.1:{behind}").replace("/etc/ssl/ledger", str(folder))
        site = re.sub(r"\n *listen \[::\][^;]*;", "", site)
        site = site.replace("listen 80;", f"listen {self.plain};").replace("listen 443 ssl", f"listen {self.port} ssl")
        (folder / "site.conf").write_text(site, encoding="utf-8")
        self._settings = folder / "nginx.conf"
        self._settings.write_text(AROUND.format(folder=folder), encoding="utf-8")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Check what it was given, start, and wait until it listens."""
        program = shutil.which("nginx") or "/usr/sbin/nginx"
        checked = subprocess.run([program, "-t", "-c", self._settings], capture_output=True, text=True, check=False)
        assert checked.returncode == 0, checked.stderr
        self._process = subprocess.Popen([program, "-c", self._settings], stderr=subprocess.DEVNULL)
        until = time.monotonic() + 20
        while not listening(self.port):
            assert time.monotonic() < until
            time.sleep(0.02)

    def stop(self) -> None:
        """Stop at once."""
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(20)


def listening(port: int) -> bool:
    """Whether somebody takes connections there."""
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=2):
        return True
    return False


def _certify(certificate: Path, private: Path) -> None:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, NAME)])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(NAME)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    form, plain = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    private.write_bytes(key.private_bytes(serialization.Encoding.PEM, form, plain))
