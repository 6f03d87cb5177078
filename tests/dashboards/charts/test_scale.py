"""The lines of an axis."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.dashboards.charts.scale import MOST, steps


@pytest.mark.parametrize(
    ("highest", "lines"),
    [(0, (0, 1)), (1, (0, 1)), (4, (0, 1, 2, 3, 4)), (7, (0, 2, 4, 6, 8)), (102, (0, 25, 50, 75, 100, 125))],
)
def test_lines_stand_at_round_numbers(highest: float, lines: tuple[int, ...]) -> None:
    """Ones, twos, fives, and from ten on the quarters of a hundred."""
    assert steps(highest) == lines


@given(st.floats(0, 1e12))
def test_lines_reach_over_the_highest_and_no_further(highest: float) -> None:
    """At most five above zero, the last but one below the highest value."""
    lines = steps(highest)
    assert lines[-1] >= highest
    assert 2 <= len(lines) <= MOST + 1
    assert lines[-2] < highest or lines == (0, 1)
