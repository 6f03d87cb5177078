"""The programs that a cluster needs on this machine, or what is missing for one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
USER = "nobody"  # PostgreSQL refuses to run as root


class Missing(Exception):
    """No cluster can be made here; the text says what is missing."""


@dataclass(frozen=True)
class Tools:
    """Where the programs are."""

    patroni: Path
    patronictl: Path
    etcd: Path
    postgresql: Path  # the folder of its programs


def find() -> Tools:
    """Return the programs; raise `Missing`."""
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Missing("three machines are played by network namespaces, which need Linux and root")
    if shutil.which("ip") is None or not _namespaces():
        raise Missing("network namespaces are not permitted here, or `ip` is not installed (Debian: iproute2)")
    patroni = ROOT / ".venv-ha" / "bin" / "patroni"
    if not patroni.exists():
        raise Missing("Patroni is not installed: scripts/ha installs it, from requirements-ha.lock")
    if not _reachable(patroni.with_name("python")):
        raise Missing(f"the user {USER} cannot start {patroni.with_name('python')}: put the checkout where it can")
    return Tools(patroni, patroni.with_name("patronictl"), _etcd(), _postgresql())


def _namespaces() -> bool:
    name = f"ledger-probe-{os.getpid()}"
    made = subprocess.run(["ip", "netns", "add", name], check=False, capture_output=True).returncode == 0
    if made:
        subprocess.run(["ip", "netns", "del", name], check=True)
    return made


def _reachable(python: Path) -> bool:
    """Whether the user can start this Python from within it, as Patroni starts PostgreSQL."""
    asked = "import os, sys; sys.exit(not os.access(sys.executable, os.X_OK))"
    user = ["setpriv", f"--reuid={USER}", "--regid=nogroup", "--clear-groups"]
    return subprocess.run([*user, str(python), "-c", asked], check=False, capture_output=True, cwd="/").returncode == 0


def _etcd() -> Path:
    found = shutil.which("etcd")
    if found is None:
        raise Missing("etcd is not installed (Debian: etcd-server)")
    return Path(found)


def _postgresql() -> Path:
    """Return the newest of Debian's."""
    found = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(found, key=lambda path: int(path.parts[-3]), default=None)
    if newest is None:
        raise Missing("PostgreSQL is not installed under /usr/lib/postgresql (Debian: postgresql)")
    return newest.parent
