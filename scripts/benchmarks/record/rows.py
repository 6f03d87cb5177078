"""From rounds of recording to rows: rates and the slowest of a hundred, beside each peer of the same round."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from scripts.benchmarks.report import Row, Rows

OURS, PEER = "ours", "documented"
PEERS = (PEER, "pgbench")


@dataclass(frozen=True)
class Figures:
    """What one took part with in one round: events a second, and milliseconds that all but one in a hundred took."""

    rate: float
    p99: float | None = None
    failures: Mapping[str, int] = field(default_factory=dict)


Round = Mapping[str, Figures]


def rows_of(suffix: str, rounds: Sequence[Round]) -> Rows:
    """The rows of one database."""
    many = "batch of 20"
    return {
        f"{OURS}{suffix}": _row(rounds, OURS, "events/s", lambda figures: figures.rate),
        f"{OURS}, p99{suffix}": _row(rounds, OURS, "ms", lambda figures: figures.p99),
        f"{many}{suffix}": _row(rounds, many, "events/s", lambda figures: figures.rate),
        f"{many}, p99{suffix}": _row(rounds, many, "ms", lambda figures: figures.p99, peers=()),
    }


def _row(
    rounds: Sequence[Round],
    name: str,
    unit: str,
    figure: Callable[[Figures], float | None],
    peers: Sequence[str] = PEERS,
) -> Row:
    mine = [figure(one[name]) or 0.0 for one in rounds]
    beside = {peer: [figure(one[peer]) for one in rounds if peer in one] for peer in peers}
    theirs = {peer: [value for value in values if value] for peer, values in beside.items()}
    return Row(
        median(mine),
        unit,
        min(mine),
        max(mine),
        peers={peer: median(values) for peer, values in theirs.items() if values},
        ratio={
            peer: median(value / other for value, other in zip(mine, values, strict=True))
            for peer, values in theirs.items()
            if len(values) == len(mine)
        },
        failures=_failures(rounds, {name, *peers}),
    )


def _failures(rounds: Sequence[Round], names: set[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for one in rounds:
        for name in names & one.keys():
            found.update({f"{name}: {status}": count for status, count in one[name].failures.items()})
    return dict(found)
