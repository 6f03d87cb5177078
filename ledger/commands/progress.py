"""How far a long command has come, on one line that is written over."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime


def progress(what: str) -> Callable[[int, int], None]:
    """Return what is told how much is done, and of how much."""
    began = datetime.now(UTC)

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        seconds = (datetime.now(UTC) - began).total_seconds()
        sys.stderr.write(f"\r{what}: {done} of {total} ({seconds:.0f} s){end}")
        sys.stderr.flush()

    return show
