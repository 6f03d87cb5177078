"""From rounds to figures: medians, ranges and ratios."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from scripts.benchmarks.load import Outcome
from scripts.benchmarks.report import Row, Rows

Round = dict[str, Outcome]  # by server
LEDGER, PEER = "ledger", "peer"
PEER_NAME = "flask without the ledger"


def rows_of(name: str, rounds: Sequence[Round]) -> Rows:
    """The rate of a request, and how long half and all but one in a hundred of them took at most."""
    return {
        name: _beside(rounds, _rate, "requests/s", _failures(rounds)),
        f"{name}, p50": _beside(rounds, lambda outcome: _percentile(outcome, 50), "ms"),
        f"{name}, p99": _beside(rounds, lambda outcome: _percentile(outcome, 99), "ms"),
    }


def single(values: Sequence[float], unit: str) -> Row:
    """A figure that no peer has."""
    return Row(median(values), unit, min(values), max(values))


def _beside(
    rounds: Sequence[Round], figure: Callable[[Outcome], float], unit: str, failures: dict[str, int] | None = None
) -> Row:
    ours = [figure(one[LEDGER]) for one in rounds]
    theirs = [figure(one[PEER]) for one in rounds]
    ratios = [mine / other for mine, other in zip(ours, theirs, strict=True)]
    return Row(
        median(ours),
        unit,
        min(ours),
        max(ours),
        peers={PEER_NAME: median(theirs)},
        ratio={PEER_NAME: median(ratios)},
        ratio_range=f"({min(ratios):.2f}-{max(ratios):.2f})",
        failures=failures or {},
    )


def _rate(outcome: Outcome) -> float:
    return len(outcome["milliseconds"]) / outcome["seconds"]


def _percentile(outcome: Outcome, percent: int) -> float:
    return quantiles(outcome["milliseconds"], n=100)[percent - 1]


def _failures(rounds: Sequence[Round]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in rounds:
        for server, outcome in one.items():
            found.update({f"{server}: {s}": n for s, n in outcome["answers"].items() if not s.startswith("2")})
    return dict(found)
