"""A real PostgreSQL server from the wheel, for as long as the tests run."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

import psycopg

from tests.service import descendants

# Durability is the fault tests' business; here the disk would only cost time.
OPTIONS = ("fsync=off", "full_page_writes=off", "max_connections=200", "listen_addresses=")

START_TIMEOUT = 20


class PostgreSQLServer:
    """One server with a unix socket and a fresh database per test.

    The wheel's own `get_server` is not used: as root it adds a user to the system and opens every folder above
    its files. PostgreSQL refuses root, so there it runs as "nobody", who owns only what is made here.
    """

    def __init__(self, binaries: Path, folder: Path, options: Sequence[str] = OPTIONS) -> None:
        self.binaries = binaries
        self._options = options
        self._user = "nobody" if os.geteuid() == 0 else None
        self._data = folder / "data"
        # A socket's path may have some 100 characters; pytest's folders are longer on some systems.
        self._sockets = Path(tempfile.mkdtemp(prefix="ledger-"))
        self._numbers = count(1)
        self._process: subprocess.Popen[bytes] | None = None
        self._own(folder)

    def start(self) -> None:
        """Start, on the data of last time if there was one, and wait until it answers."""
        if not self._data.exists():
            self._run("initdb", "--auth=trust", "--encoding=utf8", "--no-sync", "-U", "postgres")
        options = [word for option in self._options for word in ("-c", option)]
        command = [str(self.binaries / "postgres"), "-D", str(self._data), "-k", str(self._sockets), *options]
        with (self._sockets / "log").open("ab") as log:
            self._process = subprocess.Popen(command, user=self._user, stdout=log, stderr=log, cwd="/")
        self._wait()

    def stop(self, number: signal.Signals = signal.SIGINT) -> None:
        """Stop at once, hanging up on every client; or as this signal to all of its processes does."""
        if self._process is not None:
            if number == signal.SIGKILL:
                self._signal_all(number)
            self._process.send_signal(number)
            self._process.wait(START_TIMEOUT)
            self._process = None

    def freeze(self) -> None:
        """Stop all of its processes where they are; connections stay open, and nobody answers."""
        self._signal_all(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let them go on."""
        self._signal_all(signal.SIGCONT)

    def await_standby(self, name: str) -> None:
        """Let commits wait for a standby of this name, which there is not; none with an empty one."""
        self.execute(f"ALTER SYSTEM SET synchronous_standby_names = '{name}'")
        self.execute("SELECT pg_reload_conf()")

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        shutil.rmtree(self._sockets)

    def create_database(self) -> str:
        """Return the URL of a new empty database."""
        name = f"ledger_{next(self._numbers)}"
        self.execute(f"CREATE DATABASE {name} STRATEGY = FILE_COPY")
        return self.url(name)

    def execute(self, statement: str) -> None:
        """Execute as the superuser."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())

    def hang_up(self) -> None:
        """Kill every connection but the server's own."""
        self.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://postgres@/{database}?host={self._sockets}"

    def _signal_all(self, number: signal.Signals) -> None:
        assert self._process is not None
        for pid in (self._process.pid, *descendants(self._process.pid)):
            with suppress(ProcessLookupError):  # one that has ended meanwhile
                os.kill(pid, number)

    def _own(self, folder: Path) -> None:
        if self._user is None:
            return
        shutil.chown(self._sockets, self._user)
        shutil.chown(folder, self._user)
        # pytest keeps its folders to itself, one more of them where it runs in several processes: let "nobody" pass
        # through them, not look into them.
        for above in folder.parents[:3]:
            above.chmod(above.stat().st_mode | 0o011)

    def _run(self, program: str, *arguments: str) -> None:
        command = [str(self.binaries / program), "-D", str(self._data), *arguments]
        subprocess.run(command, check=True, user=self._user, capture_output=True, cwd="/")

    def _wait(self) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while True:
            try:
                return self.execute("SELECT 1")
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise RuntimeError((self._sockets / "log").read_text()) from None
                time.sleep(0.02)
