"""The rows of the section from what was measured; a ratio is ours to the peer's, where the peer has any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import fmean

from scripts.benchmarks.report import Row, Rows
from scripts.benchmarks.trust import catalogue
from scripts.benchmarks.trust.accuracy import Accuracy
from scripts.benchmarks.trust.effects import Effects, worst

OURS = "ours"
POINTS, PERCENTILE = "percentile points", "percentile"


def of_accuracy(found: Mapping[str, Accuracy]) -> Rows:
    """Return `auc` and `ap`."""
    return {
        "auc": _row({name: [figures.auc] for name, figures in found.items()}, "0-1", digits=4),
        "ap": _row({name: [figures.precision] for name, figures in found.items()}, "0-1", digits=4),
    }


def of_effects(found: Effects, suffix: str) -> Rows:
    """Return what the worst attacks achieve, and those that stand alone; `suffix` tells networks apart."""
    methods = list(next(iter(found.values()), {}))
    promotion = {method: worst(found, method, catalogue.PROMOTIONS) for method in methods}
    slander = {method: worst(found, method, catalogue.SLANDERS) for method in methods}
    rows = {}
    for name, figures, unit in (
        ("worst_promotion", promotion, POINTS),
        ("worst_slander", slander, POINTS),
        ("wrong_seed", found.get(catalogue.WRONG_SEED, {}), POINTS),
        ("exit_rank_kept", found.get(catalogue.EXIT, {}), PERCENTILE),
        ("ring_one_vouch_each", found.get(catalogue.ONE_VOUCH_EACH, {}), POINTS),
        ("two_wrong_seeds", found.get(catalogue.TWO_WRONG_SEEDS, {}), POINTS),
        ("cartel_of_ten", found.get(catalogue.CARTEL_OF_TEN, {}), POINTS),
        ("reputable_slander", found.get(catalogue.REPUTABLE_SLANDER, {}), POINTS),
    ):
        if figures.get(OURS):
            failures = _moved(found) if name == "worst_promotion" else {}
            rows[name + suffix] = _row(figures, unit, failures=failures)
    return rows


def _moved(found: Effects) -> dict[str, int]:
    """Return where a ring without any bridge has moved at all, which must never be."""
    moved = {name: sum(gain != 0 for gain in found[name][OURS]) for name in catalogue.ISOLATED if name in found}
    return {f"{name} has moved": count for name, count in moved.items() if count}


def _row(
    figures: Mapping[str, Sequence[float]], unit: str, digits: int = 1, failures: Mapping[str, int] | None = None
) -> Row:
    """Return the mean of ours and its range over placements; the peers' own figures stand in the tables before."""
    ours = figures[OURS]
    peers = {name: fmean(theirs) for name, theirs in figures.items() if name != OURS}
    return Row(
        fmean(ours),
        unit,
        min(ours),
        max(ours),
        ratio={name: fmean(ours) / theirs for name, theirs in peers.items() if theirs > 0},
        failures=failures or {},
        digits=digits,
    )
