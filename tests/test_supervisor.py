"""Web server and follower under one command; tests/faults/ kills them."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from ledger import supervisor
from ledger.config import ConfigError, Settings
from tests.service import free_port

STUBBORN = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(flush=True); time.sleep(60)"


@pytest.fixture
def _signals() -> Iterator[None]:
    """Give the signals back that `supervise` takes."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def test_children_get_the_settings_through_the_environment() -> None:
    """Whatever was typed reaches them, whole."""
    settings = Settings(
        database_url="sqlite:///x/log.db", port=9000, poll_seconds=0.1, public_url="https://ledger.example.org"
    )
    assert Settings.from_environment(supervisor._as_environment(settings)) == settings


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),  # noqa: S104 - not bound here
        ("::", "http://[::1]:8000"),
        ("::1", "http://[::1]:8000"),
        ("localhost", "http://localhost:8000"),
    ],
)
def test_the_service_is_asked_from_its_own_machine(host: str, local: str) -> None:
    """Listening everywhere it is reached at the loopback address."""
    assert supervisor._local(Settings(host=host)) == local


def test_an_address_that_is_taken_is_refused() -> None:
    """Nothing is started beside another ledger; a free address passes."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(ConfigError, match=f"127.0.0.1 port {port}"):
            supervisor.check_address(Settings(port=port))
    supervisor.check_address(Settings(port=port))


def test_an_address_of_another_machine_is_refused() -> None:
    """192.0.2.0/24 belongs to no machine (RFC 5737)."""
    with pytest.raises(ConfigError, match=r"192\.0\.2\.7"):
        supervisor.check_address(Settings(host="192.0.2.7"))


@pytest.mark.usefixtures("_signals")
def test_without_a_web_server_nothing_runs(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A web server that does not start ends the follower as well, with 1, and nothing is announced."""
    monkeypatch.setattr(supervisor, "CONFIGURATION", tmp_path / "nowhere.py")
    settings = Settings(database_url=f"sqlite:///{tmp_path}/ledger.db", port=free_port())
    assert supervisor.supervise(settings, "It answers.") == 1
    assert capsys.readouterr().out == ""


def test_a_child_that_does_not_stop_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ending takes no longer than the children are given, even if one does not hear."""
    monkeypatch.setattr(supervisor, "STOPPING", 0.3)
    command = [sys.executable, "-c", STUBBORN]
    child = subprocess.Popen(command, stdout=subprocess.PIPE, start_new_session=True)
    assert child.stdout is not None
    with child, child.stdout:
        child.stdout.readline()  # now it no longer hears
        began = time.monotonic()
        supervisor._stop([child])
        assert child.wait(10) == -signal.SIGKILL
    assert time.monotonic() - began < 5
