"""A score in words and factors: what it is made of, how sure it is, and why there may be none.

Grades by the score: strong from 75, good from 60, fair from 45, weak below. A newcomer without any report would
stand at 50, so weak means more bad than good.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.projections.trust.posterior import Dimension, Posterior, Report

ENOUGH = 3  # independent confirming counterparties; with fewer there are facts, but no score
LEVEL = 0.8
GRADES = ((75.0, "strong"), (60.0, "good"), (45.0, "fair"), (0.0, "weak"))

# Where the events behind a factor are listed.
LISTED = {
    Dimension.ON_TIME: "&state=completed",
    Dimension.ACCEPTED: "&state=completed",
    Dimension.PAID: "",
    Dimension.RATING: "&state=completed",
    Dimension.DISPUTES: "&state=disputed",
}


def explain(
    firm: str, posterior: Posterior, reports: Sequence[Report], counts: Mapping[str, Mapping[str, Any]]
) -> dict[str, Any]:
    """Return the score with interval, grade and factors; `counts` stand beside the factor of that name."""
    low, high = posterior.interval(LEVEL)
    score = posterior.score
    return {
        "score": score,
        # Rounded outwards: it holds at least this share of the posterior.
        "interval": {"level": LEVEL, "low": math.floor(low), "high": math.ceil(high)},
        "grade": next(grade for least, grade in GRADES if score >= least),
        "factors": [_base(firm), *(_factor(firm, d, posterior, reports, counts) for d in Dimension)],
        "sufficient": True,
        "reason": None,
    }


def decline(counterparties: int) -> dict[str, Any]:
    """Return the answer where too few have confirmed joint work: no score, and why."""
    who = (
        "1 independent counterparty has" if counterparties == 1 else f"{counterparties} independent counterparties have"
    )
    return {
        "score": None,
        "interval": None,
        "grade": None,
        "factors": [],
        "sufficient": False,
        "reason": f"{who} confirmed joint work with this firm; a score needs at least {ENOUGH}.",
    }


def _base(firm: str) -> dict[str, Any]:
    because = {"good": 1.0, "bad": 1.0, "reports": 0}  # what is assumed of everybody beforehand
    return {"code": "base", "points": 50.0, "because": because, "evidence": _address(firm)}


def _factor(
    firm: str,
    dimension: Dimension,
    posterior: Posterior,
    reports: Sequence[Report],
    counts: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    because = {
        "good": posterior.good[dimension],
        "bad": posterior.bad[dimension],
        "reports": sum(dimension in report.said for report in reports),
        **counts.get(dimension.value, {}),
    }
    return {
        "code": dimension.value,
        "points": posterior.points(dimension),
        "because": because,
        "evidence": _address(firm) + LISTED[dimension],
    }


def _address(firm: str) -> str:
    return f"/v1/collaborations?firm={firm}"
