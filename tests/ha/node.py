"""One machine of the cluster: etcd, Patroni and PostgreSQL in a network namespace, set up by what deploy/ha holds."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from string import Template

from tests.ha import network
from tests.ha.tools import ROOT, USER, Tools

TEMPLATES = ROOT / "deploy" / "ha"
NUMBERS = (1, 2, 3)
PASSWORDS = {
    "API_PASSWORD": "api",
    "SUPERUSER_PASSWORD": "superuser",
    "REPLICATION_PASSWORD": "replication",
    "REWIND_PASSWORD": "rewind",
}
ENVIRONMENT = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8"}


def _of_all(form: str) -> str:
    return ",".join(form.format(n, network.address(network.PEERS, n)) for n in NUMBERS)


class Node:
    """A machine that can be switched off, frozen, cut off, and lose its disk."""

    def __init__(self, number: int, folder: Path, tools: Tools, replaced: Mapping[str, str]) -> None:
        self.number = number
        self.folder = folder / f"node{number}"
        self._tools = tools
        self._started: list[subprocess.Popen[bytes]] = []
        self.folder.mkdir()
        (self.folder / "sockets").mkdir()
        for name in ("patroni.yml", "etcd.env"):
            text = self._filled(name)
            for one, another in replaced.items():
                text = text.replace(one, another)
            (self.folder / name).write_text(text, encoding="utf-8")
        for path in (self.folder, *self.folder.iterdir()):
            shutil.chown(path, USER)

    @property
    def address(self) -> str:
        """Where clients reach it."""
        return network.address(network.CLIENTS, self.number)

    def start(self) -> None:
        """Switch it on, with whatever its disk holds."""
        self.start_etcd()
        self.start_patroni()

    def start_etcd(self) -> None:
        """Start etcd alone."""
        lines = (self.folder / "etcd.env").read_text(encoding="utf-8").splitlines()
        settings = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        self._spawn([str(self._tools.etcd)], "etcd", settings)

    def start_patroni(self) -> None:
        """Start Patroni, which starts PostgreSQL, or finds it running; one that ends is started again, as by its unit.

        It ends at its start when etcd has no majority yet.
        """
        command = shlex.join([str(self._tools.patroni), str(self.folder / "patroni.yml")])
        self._spawn(["sh", "-c", f"while true; do {command}; sleep 2; done"], "patroni")

    def control(self, *words: str) -> str:
        """Run patronictl on this machine."""
        command = [str(self._tools.patronictl), "-c", str(self.folder / "patroni.yml"), *words]
        return subprocess.run(
            self._inside(command), check=True, capture_output=True, text=True, timeout=60, env=ENVIRONMENT
        ).stdout

    def signal(self, number: signal.Signals) -> None:
        """Send everything that runs on it a signal, until nothing is left where that is its end."""
        left = network.processes(self.number)
        while left:
            for pid in left:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)
            left = network.processes(self.number) if number == signal.SIGKILL else []

    def kill_postmaster(self) -> None:
        """Kill PostgreSQL's first process alone."""
        os.kill(self._postmaster(), signal.SIGKILL)

    def kill_patroni(self) -> None:
        """Kill Patroni and what starts it again: its PostgreSQL goes on, and nobody watches it."""
        self._kill(b"patroni.yml")

    def kill_etcd(self) -> None:
        """Kill etcd alone."""
        self._kill(bytes(self._tools.etcd))

    def halt(self) -> None:
        """End everything on it; PostgreSQL takes what it shares between processes out of the memory itself."""
        self.kill_patroni()
        with suppress(OSError):
            os.kill(self._postmaster(), signal.SIGQUIT)
            time.sleep(1)
        self.signal(signal.SIGKILL)
        for process in self._started:
            process.wait(10)

    def lose_disk(self) -> None:
        """Throw the database away."""
        shutil.rmtree(self.folder / "data")

    def _kill(self, word: bytes) -> None:
        for pid in network.processes(self.number):
            with suppress(FileNotFoundError, ProcessLookupError):
                if word in Path(f"/proc/{pid}/cmdline").read_bytes():
                    os.kill(pid, signal.SIGKILL)

    def _postmaster(self) -> int:
        return int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])

    def _filled(self, name: str) -> str:
        values = {
            **PASSWORDS,
            "NODE": f"node{self.number}",
            "ADDRESS": network.address(network.PEERS, self.number),
            "NETWORK": network.RANGE,
            "ETCD": _of_all("{1}:2379"),
            "ETCD_CLUSTER": _of_all("node{0}=http://{1}:2380"),
            "ETCD_DATA": str(self.folder / "etcd"),
            "BINARIES": str(self._tools.postgresql),
            "DATA": str(self.folder / "data"),
            "SOCKETS": str(self.folder / "sockets"),
        }
        return Template((TEMPLATES / name).read_text(encoding="utf-8").replace("${…}", "…")).substitute(values)

    def _spawn(self, command: list[str], name: str, settings: Mapping[str, str] | None = None) -> None:
        with (self.folder / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                self._inside(command),
                env={**ENVIRONMENT, "HOME": str(self.folder), **(settings or {})},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self._started.append(started)

    def _inside(self, command: list[str]) -> list[str]:
        user = ["setpriv", f"--reuid={USER}", "--regid=nogroup", "--clear-groups"]
        return ["ip", "netns", "exec", network.namespace(self.number), *user, *command]
