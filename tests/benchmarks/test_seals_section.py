"""The section measures what the bars are about."""

from __future__ import annotations

import pytest

from scripts.benchmarks.report import table

pytest.importorskip("pymerkle", reason="the peer is not installed")


def test_every_row_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """With figures, beside the peer where it can do the same, and without failures."""
    from scripts.benchmarks import seals  # noqa: PLC0415 - it needs the peer

    for name, size in (("QUICK", 500), ("SMALLER", 300), ("FEW_EVENTS", 50), ("PROOFS", 10), ("RECORDED", 20)):
        monkeypatch.setattr(seals, name, size)
    rows = seals.measure(quick=True)
    assert "inclusion proof from the tables" in table(rows)
    assert all(row.value > 0 and not row.failures for row in rows.values())
    assert {name for name, row in rows.items() if row.peers} == {"appends", "inclusion proof", "recording while sealed"}
