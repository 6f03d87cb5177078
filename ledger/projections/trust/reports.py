"""What a report says, in exact numbers: how good it is per dimension, and how much evidence that makes."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from ledger.domain.assessment import BEST_RATING
from ledger.projections.trust.parameters import BAD_SIDE, IMPORTANCE, Dimension

Evidence = dict[Dimension, tuple[int, int]]  # good and bad, in units of strength

WORST_DELAY = 60  # days beyond terms from which a payer counts as bad as can be

NO_OR_YES = {False: Fraction(0), True: Fraction(1)}
MARKS = {rating: Fraction(rating - 1, BEST_RATING - 1) for rating in range(1, BEST_RATING + 1)}

# Where an assessment states a dimension, and the quality from 0 to 1 of each value there.
STATED: Mapping[Dimension, tuple[str, Mapping[Any, Fraction]]] = {
    Dimension.ON_TIME: ("on_time", NO_OR_YES),
    Dimension.ACCEPTED: ("accepted", NO_OR_YES),
    Dimension.PAID: ("paid_on_time", NO_OR_YES),
    Dimension.RATING: ("rating", MARKS),
}


def qualities(source: str, measures: Mapping[str, Any]) -> dict[Dimension, Fraction]:
    """Return what a report says per dimension, from 0 (bad) to 1 (good)."""
    if source == "dispute":
        return {Dimension.DISPUTES: Fraction(0)}
    if source == "reference":
        return {Dimension.PAID: 1 - Fraction(min(measures["days_beyond_terms"], WORST_DELAY), WORST_DELAY)}
    stated = STATED.items()
    return {dimension: quality[measures[name]] for dimension, (name, quality) in stated if name in measures}


def evidence(strength: int, quality: Mapping[Dimension, Fraction], *, withdrawn: bool) -> Evidence:
    """Divide a report's strength among what it speaks of; the good part of a withdrawn one no longer counts."""
    whole = sum(IMPORTANCE[dimension] for dimension in quality)
    return {
        dimension: _good_and_bad(strength * IMPORTANCE[dimension] // whole, how_good, withdrawn=withdrawn)
        for dimension, how_good in quality.items()
    }


def total(found: Evidence) -> tuple[int, int]:
    """Return all good and all bad evidence of a report."""
    return sum(good for good, _ in found.values()), sum(bad for _, bad in found.values())


def _good_and_bad(part: int, how_good: Fraction, *, withdrawn: bool) -> tuple[int, int]:
    times, of = BAD_SIDE
    good = 0 if withdrawn else part * how_good.numerator // how_good.denominator
    bad = part * (how_good.denominator - how_good.numerator) * times // (how_good.denominator * of)
    return good, bad
