"""Where the rated firms of a network stand, in bins: what a score is compared with, and nobody's score."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any
from uuid import UUID

from ledger.projections.trust.epoch import GRAIN, Said
from ledger.projections.trust.explanation import ENOUGH, NOT_RATED, confidence
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Posterior, together, under_ceiling

BINS = 20
WIDTH = 100 / BINS
NOTHING = dict.fromkeys(Dimension, 0.0)
ALL = Dimension.RATING  # a score asks how much was said, not of what: all of it may stand in one dimension


def distribution(
    said: Iterable[Said], partners: Mapping[UUID, set[UUID]], believed: Mapping[UUID, int], worth: float
) -> dict[str, Any]:
    """Return how many firms are rated, the median of their scores, and how many stand in each bin."""
    heard: dict[UUID, dict[str, Posterior]] = defaultdict(dict)
    for one in said:
        heard[one.about][str(one.by)] = _heard(one, worth)
    weights = {str(firm): thousandths / GRAIN for firm, thousandths in believed.items()}
    scores = [
        found.score
        for firm, by in sorted(heard.items())
        if _rated(found := together(by, weights), by, partners.get(firm, set()), weights)
    ]
    counted = Counter(min(int(score / WIDTH), BINS - 1) for score in scores)
    middle = round(median(scores)) if scores else None
    return {"rated": len(scores), "median": middle, "bins": [counted[bin_] for bin_ in range(BINS)]}


def _heard(one: Said, worth: float) -> Posterior:
    return under_ceiling(Posterior({**NOTHING, ALL: worth * one.good}, {**NOTHING, ALL: worth * one.bad}))


def _rated(found: Posterior, by: Mapping[str, Posterior], partners: set[UUID], weights: Mapping[str, float]) -> bool:
    """Tell whether the firm has a score, by the rule of its explanation."""
    raters = sum(weights.get(rater, 0.0) > 0 for rater in by)
    independent = sum(str(partner) in weights for partner in partners)
    enough = len(partners) >= ENOUGH and independent >= ENOUGH
    return enough and confidence(found.evidence, raters) != NOT_RATED
