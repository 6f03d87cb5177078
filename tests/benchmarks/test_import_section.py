"""The section measures what the bar is about."""

from __future__ import annotations

import pytest

from scripts.benchmarks import importing
from scripts.benchmarks.report import table


def test_importing_stands_beside_copying(monkeypatch: pytest.MonkeyPatch) -> None:
    """On each database that this machine has, with every record imported."""
    monkeypatch.setattr(importing, "QUICK", 16)
    rows = importing.measure(quick=True)
    assert "events/s" in table(rows)
    assert all(row.value > 0 and not row.failures for row in rows.values())
    assert rows["ours, SQLite"].ratio.keys() == {"executemany"}
    if "ours" in rows:
        assert rows["ours"].ratio.keys() == {"copy"}
