"""The section of the overview measures a network of any size."""

from __future__ import annotations

import pytest

from scripts.benchmarks.overview import section
from scripts.benchmarks.overview.network import Size, events


def test_every_question_is_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beside the peer, in the same run."""
    monkeypatch.setattr(section, "QUICK", Size(20, 200))
    monkeypatch.setattr(section, "OFTEN", 3)
    rows = section.measure(quick=True)
    assert {f"{name}, p95" for name in section.ASKED} <= set(rows)
    assert set(rows["indicators, p50"].ratio) == {section.PEER}


def test_the_network_is_the_same_every_time() -> None:
    """Event by event, and as long as it was asked for."""
    one, other = ([str(recorded) for recorded in events(Size(10, 60))] for _ in range(2))
    assert one == other
    assert len(one) == 60
