"""The section multiplies what was measured."""

from __future__ import annotations

import pytest

from scripts.benchmarks import scale
from scripts.benchmarks.scale import Measured


def test_a_thousand_times_the_events_take_a_thousand_times_as_much(capsys: pytest.CaptureFixture[str]) -> None:
    """And it says that none of it was measured."""
    rows = scale.measure(Measured(log=900, log_indexes=100))
    assert rows["log and its indexes, 1,000,000"].value == pytest.approx(1)
    assert rows["log and its indexes, 1,000,000,000"].value == pytest.approx(1000)
    assert "calculated, not measured" in capsys.readouterr().out
