"""A small installation in one command: the web server, the follower and the courier, started and stopped together."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING

from ledger.config import ConfigError, variable

if TYPE_CHECKING:
    from ledger.config import Settings

CONFIGURATION = Path(__file__).parent.parent / "gunicorn.conf.py"
STOPPING = 15.0  # seconds that the children get to finish what they are answering
PR_SET_PDEATHSIG = 1


def check_address(settings: Settings) -> None:
    """Raise `ConfigError` when nobody could listen there; gunicorn would try for seconds, beside whoever does."""
    try:
        with socket.create_server((settings.host, settings.port), family=_family(settings.host)):
            return
    except OSError as error:
        where = f"{settings.host} port {settings.port}"
        raise ConfigError(f"Cannot listen at {where}: {error.strerror}; is another ledger running?") from None


def supervise(settings: Settings, announce: str) -> int:
    """Run web server, follower and courier until a signal or until one of them ends; return the exit code."""
    environment = {**os.environ, **_as_environment(settings)}
    gunicorn = [sys.executable, "-m", "gunicorn", "-c", str(CONFIGURATION), "ledger.app:create_app()"]
    beside = [[sys.executable, "-m", "ledger.cli", command] for command in ("follow", "deliver")]
    children: list[subprocess.Popen[bytes]] = []
    try:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, _interrupt)
        children.extend(_start(command, environment) for command in (gunicorn, *beside))
        if _answers(f"{_local(settings)}/health/live", children[0]):
            sys.stdout.write(f"{announce}\n")
            sys.stdout.flush()
        while all(child.poll() is None for child in children):
            time.sleep(0.2)
        return 1
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(children)


def _as_environment(settings: Settings) -> dict[str, str]:
    return {variable(setting): str(getattr(settings, setting.name)) for setting in fields(settings)}


def _start(command: list[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # A session of their own: Ctrl-C reaches this process alone, which then stops them in order.
    return subprocess.Popen(command, env=environment, start_new_session=True, preexec_fn=_end_with_parent)  # nosec B603 # noqa: PLW1509, S603 - our own programs


def _end_with_parent() -> None:
    """Ask Linux to stop the child when this process is killed without a chance to do it."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _family(host: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in host else socket.AF_INET


def _local(settings: Settings) -> str:
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.host, settings.host)  # nosec B104 # noqa: S104 - only compared
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def _answers(url: str, server: subprocess.Popen[bytes]) -> bool:
    while server.poll() is None:
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(url, timeout=2).close()  # nosec B310 # noqa: S310 - our own address
            return True
        time.sleep(0.1)
    return False


def _stop(children: list[subprocess.Popen[bytes]]) -> None:
    for child in children:
        with suppress(ProcessLookupError):
            child.send_signal(signal.SIGTERM)
    for child in children:
        try:
            child.wait(STOPPING)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # with the web processes that gunicorn has started


def _interrupt(_number: int, _frame: object) -> None:
    # A second signal while stopping must not cut the stopping short.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise KeyboardInterrupt
