"""A service in processes of its own, started as an operator starts it: for fault tests and for the benchmarks."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PROCESSES = Path("/proc")
START_TIMEOUT = 120.0  # seconds; seven processes start at once, beside whatever else the machine does
STOP_TIMEOUT = 60.0


class Service:
    """A command that answers on a port, with everything it starts."""

    def __init__(self, command: Sequence[str], port: int, log: Path, settings: Mapping[str, str]) -> None:
        self.port = port
        self.log = log
        self._command = command
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("LEDGER_")}
        self._environment = {**inherited, **settings}
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """The process that was started."""
        assert self._process is not None
        return self._process.pid

    def start(self, timeout: float = START_TIMEOUT) -> float:
        """Start, wait until it answers, and return the seconds that took."""
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, env=self._environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        while not answers(self.port):
            if self._process.poll() is not None or time.monotonic() > began + timeout:
                self.kill()
                raise RuntimeError(f"it does not start: {self.log.read_text(encoding='utf-8')[-2000:]}")
            time.sleep(0.02)
        return time.monotonic() - began

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send it a signal and return its exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        return self.wait()

    def wait(self, seconds: float = STOP_TIMEOUT) -> int:
        """Return its exit code; raise `TimeoutExpired` when it does not end in time."""
        assert self._process is not None
        return self._process.wait(seconds)

    def kill(self) -> None:
        """Kill it and whatever it has started."""
        if self._process is None:
            return
        family = [self._process.pid, *descendants(self._process.pid)]
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self._process.wait(STOP_TIMEOUT)


def ledger(data: Path, settings: Mapping[str, str] | None = None, *options: str, port: int | None = None) -> Service:
    """`ledger serve` on this folder and a free port, with what it writes in `service.log`."""
    data.mkdir(parents=True, exist_ok=True)
    chosen = port or free_port()
    command = [sys.executable, "-m", "ledger.cli", "serve", "--data", str(data), "--port", str(chosen), *options]
    return Service(command, chosen, data / "service.log", settings or {})


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def answers(port: int) -> bool:
    """Whether a ledger answers there."""
    connection = HTTPConnection("127.0.0.1", port, timeout=2)
    try:
        connection.request("GET", "/health/live")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def descendants(pid: int) -> Iterator[int]:
    """The living processes that this one started, and theirs (Linux)."""
    for child in _children(pid):
        yield child
        yield from descendants(child)


def child(pid: int, word: str) -> int:
    """The one process that this one started with this word in its command."""
    return next(found for found in _children(pid) if word in _command(found))


def processor_seconds(pid: int) -> float:
    """What this process and those that it started have worked so far, in seconds of one processor."""
    ticks = sum(int(ticks) for one in (pid, *descendants(pid)) for ticks in _stat(one)[11:13])
    return ticks / os.sysconf("SC_CLK_TCK")


def alive(pid: int) -> bool:
    """Whether it runs; one that has ended and waits to be noticed does not."""
    with suppress(OSError):
        return _stat(pid)[0] != "Z"
    return False


def _children(pid: int) -> list[int]:
    found = []
    for entry in PROCESSES.glob("[0-9]*"):
        with suppress(OSError):
            if _stat(int(entry.name))[1] == str(pid):
                found.append(int(entry.name))
    return found


def _stat(pid: int) -> list[str]:
    """The state of a process, its parent, and more; its name, which may hold anything, is left out."""
    return (PROCESSES / str(pid) / "stat").read_text(encoding="utf-8").rpartition(")")[2].split()


def _command(pid: int) -> str:
    with suppress(OSError):
        return (PROCESSES / str(pid) / "cmdline").read_text(encoding="utf-8").replace("\0", " ")
    return ""
