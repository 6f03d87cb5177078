"""A heat table is a table: here its cells get one of five steps, and the stylesheet the colours."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from ledger.dashboards.charts.parts import Table

STEPS = 5


def steps(values: Sequence[Sequence[float]]) -> tuple[tuple[str, ...], ...]:
    """Return the class of each cell, `heat-1` to `heat-5`, in steps of a fifth of the highest value."""
    most = max((value for row in values for value in row), default=0)
    return tuple(tuple(f"heat-{_step(value, most)}" for value in row) for row in values)


def table(corner: str, names: Sequence[str], texts: Sequence[Sequence[str]]) -> Table:
    """Return the cells' words under the names, which are those of the rows as well."""
    rows = zip(names, texts, strict=True)
    return Table((corner, *names), tuple((name, *row) for name, row in rows))


def _step(value: float, most: float) -> int:
    return min(max(ceil(value / most * STEPS), 1), STEPS) if most > 0 else 1
