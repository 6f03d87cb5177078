"""Round numbers for an axis."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import ceil

MOST = 5  # steps above zero; more lines than that are looked at, not through


def steps(highest: float) -> tuple[int, ...]:
    """Return 0 and the round numbers up to the first that is not below the highest value."""
    step = next(step for step in _round_numbers() if highest <= step * MOST)
    return tuple(range(0, step * max(ceil(highest / step), 1) + 1, step))


def _round_numbers() -> Iterator[int]:
    yield from (1, 2, 5)
    for power in count(1):
        yield from (10**power, 2 * 10**power, 25 * 10 ** (power - 1), 5 * 10**power)
