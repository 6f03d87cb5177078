"""The processes that use a cluster while it suffers: writers, and a read model that follows them."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.ha import answers
from tests.ha.answers import Answer, Outcome
from tests.ha.tools import ROOT

PROCESSES = 3
PATIENCE = 240.0


class Company:
    """Writers in processes of their own, with a follower beside them."""

    def __init__(self, url: str, folder: Path) -> None:
        self._files = [folder / f"writer{number}.jsonl" for number in range(PROCESSES)]
        self._writers = [
            _started("tests.ha.writing", folder / f"writer{number}.log", url, str(file), str(number))
            for number, file in enumerate(self._files)
        ]
        self._follower = _started("tests.ha.following", folder / "follower.log", url)

    def answers(self) -> list[Answer]:
        """What they were told so far."""
        return answers.read(file for file in self._files if file.exists())

    def wait_writing(self, since: float) -> None:
        """Wait until events are acknowledged that were asked for after a moment."""
        deadline = time.monotonic() + PATIENCE
        while not any(one.outcome is Outcome.RECORDED and one.asked > since for one in self.answers()):
            if time.monotonic() > deadline:
                raise TimeoutError("nothing is acknowledged any more")
            time.sleep(0.5)

    def rest(self) -> None:
        """Let every writer finish what it has begun; the read model still follows."""
        _end(self._writers)

    def stop(self) -> None:
        """End them all."""
        _end([*self._writers, self._follower])


@contextmanager
def writing(url: str, folder: Path) -> Iterator[Company]:
    """A company that is gone at the end."""
    company = Company(url, folder)
    try:
        yield company
    finally:
        company.stop()


def _end(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    for process in processes:
        try:
            process.wait(PATIENCE)
        finally:
            process.kill()


def _started(module: str, log: Path, *arguments: str) -> subprocess.Popen[bytes]:
    with log.open("wb") as file:
        command = [sys.executable, "-m", module, *arguments]
        return subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=file, stderr=file)
