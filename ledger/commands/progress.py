"""How far a long command has come, on one line that is written over."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime


def progress(what: str) -> Callable[[int, int], None]:
    """Return what is told how much is done, and of how much; it tells the rate and the time that is left."""
    began = datetime.now(UTC)

    def show(done: int, total: int) -> None:
        end = "\n" if done >= total else ""
        seconds = (datetime.now(UTC) - began).total_seconds()
        sys.stderr.write(f"\r{what}: {done} of {total} ({_pace(done, total, seconds)}){end}")
        sys.stderr.flush()

    return show


def _pace(done: int, total: int, seconds: float) -> str:
    rate = done / seconds if seconds else 0
    if done >= total or not rate:
        return f"{seconds:.0f} s, {rate:,.0f}/s"
    return f"{seconds:.0f} s, {rate:,.0f}/s, {(total - done) / rate:.0f} s left"
