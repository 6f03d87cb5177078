"""The section of the overview measures a network of any size."""

from __future__ import annotations

from pathlib import Path

import pytest

from scripts.benchmarks.overview import section
from scripts.benchmarks.overview.network import Size, events


def test_every_question_and_page_is_measured(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Beside a peer in the same run, by the clock and by the processor; a folder that is kept is filled once."""
    monkeypatch.setattr(section, "QUICK", Size(20, 200))
    monkeypatch.setattr(section, "OFTEN", 3)
    rows = section.measure(quick=True, kept=tmp_path)
    assert {f"{name}, p95" for name in section.ASKED} <= set(rows)
    assert {f"{path}, server, processor, p95" for path in section.PAGES} <= set(rows)
    assert {f"{path}, server, kept, p95" for path in section.KEPT} <= set(rows)
    assert set(rows["indicators, p50"].ratio) == {section.PEER}
    assert set(rows) - set(section.measure(quick=True, kept=tmp_path)) == {"applied"}


def test_the_network_is_the_same_every_time() -> None:
    """Event by event, and as long as it was asked for."""
    one, other = ([str(recorded) for recorded in events(Size(10, 60))] for _ in range(2))
    assert one == other
    assert len(one) == 60
