"""Timing contenders in turn, so that a busy moment of the machine meets all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from statistics import median
from time import perf_counter

from scripts.benchmarks.report import Row

Contenders = Mapping[str, tuple[Callable[[], object], int]]  # what runs, and how often in a round
Times = dict[str, list[float]]  # seconds of one run, by contender and round


def interleaved(contenders: Contenders, rounds: int) -> Times:
    """Return how long each took in each round, after one round for nothing."""
    times: Times = {name: [] for name in contenders}
    for number in range(rounds + 1):
        for name, (run, often) in contenders.items():
            taken = _seconds(run, often)
            if number:
                times[name].append(taken)
    return times


def row(times: Times, ours: str, unit: str, per_second: float, peers: Mapping[str, str] | None = None) -> Row:
    """Return the median of ours; `peers` maps a name in the row to the contender that stands behind it."""
    figures = [per_second * taken for taken in times[ours]]
    behind = peers or {}
    return Row(
        median(figures),
        unit,
        min(figures),
        max(figures),
        peers={peer: per_second * median(times[name]) for peer, name in behind.items()},
        ratio={peer: ratio(times, ours, name) for peer, name in behind.items()},
    )


def ratio(times: Times, ours: str, peer: str) -> float:
    """Return the median over the rounds of ours to the peer's."""
    return median(mine / theirs for mine, theirs in zip(times[ours], times[peer], strict=True))


def _seconds(run: Callable[[], object], often: int) -> float:
    started = perf_counter()
    for _ in range(often):
        run()
    return (perf_counter() - started) / often
