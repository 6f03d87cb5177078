"""The section measures what the bar is about."""

from __future__ import annotations

from scripts.benchmarks import start
from scripts.benchmarks.report import table


def test_a_killed_ledger_starts_again() -> None:
    """It answers, then it is ready, and it worked for it."""
    rows = start.measure(quick=True)
    assert "/health/ready, s" in table(rows)
    assert 0 < rows["/health/live"].value <= rows["/health/ready"].value
    assert rows["processor, all processes"].value > 0
