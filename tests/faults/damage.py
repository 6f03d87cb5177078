"""What befalls the files of a ledger: each is done for real, and undone at the end."""

from __future__ import annotations

import resource
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest

MEGABYTES = 24
# Root may write everything: this runs a command without the capabilities that say so.
DROP = """
import ctypes, os, sys
for capability in (1, 2):  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
    ctypes.CDLL(None).prctl(24, capability, 0, 0, 0)  # PR_CAPBSET_DROP
os.execv(sys.argv[1], sys.argv[1:])
"""
UNPRIVILEGED = (sys.executable, "-c", DROP)


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """A file system of a few megabytes; the test is left out where none can be mounted."""
    folder.mkdir()
    try:
        subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "tmpfs", folder], check=True, capture_output=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no file system can be mounted here: that takes root (CAP_SYS_ADMIN)")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Leave not one byte on the disk of this folder."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        for size in (65536, 512, 1):
            with suppress(OSError):
                while True:
                    file.write(bytes(size))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the write lock of every database here, as a careless tool of an administrator would."""
    with ExitStack() as stack:
        for path in folder.glob("*.db"):
            connection = stack.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
            connection.execute("BEGIN IMMEDIATE")
        yield


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Let nobody write to the folder and the files in it; for who runs without privileges."""
    paths = [*folder.glob("*.db*"), folder]
    modes = {path: path.stat().st_mode for path in paths}
    for path in paths:
        path.chmod(modes[path] & 0o555)
    try:
        yield
    finally:
        for path in reversed(paths):
            path.chmod(modes[path])


@contextmanager
def overwritten(path: Path, offset: int, amount: int) -> Iterator[None]:
    """Overwrite a part of a file, as a failing disk does."""
    with path.open("r+b") as file:
        file.seek(offset)
        before = file.read(amount)
        file.seek(offset)
        file.write(bytes([0xA5]) * len(before))
    try:
        yield
    finally:
        with path.open("r+b") as file:
            file.seek(offset)
            file.write(before)


@contextmanager
def no_larger_files(pids: list[int]) -> Iterator[None]:
    """Let these processes write nowhere behind the first page of a file: the write fails, and not for want of space."""
    before = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in pids}
    for pid, (_, hard) in before.items():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        for pid, limits in before.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limits)
