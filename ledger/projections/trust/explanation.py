"""A score in words and factors: what it is made of, how sure it is, what would change it, why there may be none."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ledger.projections.trust.advice import changes, would_change
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Posterior, Score
from ledger.projections.trust.reports import Evidence

ENOUGH = 3  # counterparties that have confirmed joint work and are believed; with fewer there are facts, but no score
LEVEL = 0.8

# By the score. A newcomer without any report would stand at 50, so weak means more bad than good.
GRADES = ((75.0, "strong"), (60.0, "good"), (45.0, "fair"), (0.0, "weak"))

# By how much believed evidence there is, in typical jobs of today, and from how many that are believed at all.
CONFIDENCE = ((6.0, 5, "A"), (3.0, 3, "B"), (1.0, 2, "C"))
NOT_RATED = "D"

# Where the events behind a factor are listed.
LISTED = {
    Dimension.ON_TIME: "&state=completed",
    Dimension.ACCEPTED: "&state=completed",
    Dimension.PAID: "",
    Dimension.RATING: "&state=completed",
    Dimension.DISPUTES: "&state=disputed",
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What a score rests on; `counts` stand beside the factor of that name.

    `counterparties` have confirmed joint work, `independent` are those of them that are believed at all: it is no
    use to have three partners whom nobody knows.
    """

    firm: str
    counterparties: int
    independent: int
    score: Score
    evidence: Sequence[Evidence]
    counts: Mapping[str, Mapping[str, Any]]


def confidence(evidence: float, raters: int) -> str:
    """Return A (best) to D (not rated)."""
    met = (grade for least, firms, grade in CONFIDENCE if evidence >= least and raters >= firms)
    return next(met, NOT_RATED)


def explain(basis: Basis) -> dict[str, Any]:
    """Return the score with interval, grade and factors, or why there is none."""
    sure = confidence(basis.score.believed.evidence, basis.score.raters)
    if basis.counterparties < ENOUGH:
        return _declined(_too_few(basis.counterparties), _missing("partners", basis.counterparties, ENOUGH))
    if sure == NOT_RATED or basis.independent < ENOUGH:
        return _declined(*_too_little(basis))
    posterior = basis.score.believed
    low, high = posterior.interval(LEVEL)
    return {
        "score": posterior.score,
        # Rounded outwards: it holds at least this share of the posterior.
        "interval": {"level": LEVEL, "low": math.floor(low), "high": math.ceil(high)},
        "grade": next(grade for least, grade in GRADES if posterior.score >= least),
        "confidence": sure,
        "factors": [_base(basis.firm), *(_factor(basis, dimension) for dimension in Dimension)],
        "waterfall": [{"code": code, "score": score} for code, score in basis.score.waterfall],
        "sufficient": True,
        "reason": None,
        "missing": None,
    }


def _declined(reason: str, missing: dict[str, Any]) -> dict[str, Any]:
    return {
        "score": None,
        "interval": None,
        "grade": None,
        "confidence": NOT_RATED,
        "factors": [],
        "waterfall": [],
        "sufficient": False,
        "reason": reason,
        "missing": missing,
    }


def _missing(code: str, have: float, need: float) -> dict[str, Any]:
    """Return the reason in figures, for readers that say it in another language."""
    return {"code": code, "have": have, "need": need}


def _too_few(counterparties: int) -> str:
    who = (
        "1 independent counterparty has" if counterparties == 1 else f"{counterparties} independent counterparties have"
    )
    return f"{who} confirmed joint work with this firm; a score needs at least {ENOUGH}."


def _too_little(basis: Basis) -> tuple[str, dict[str, Any]]:
    said, believed, needed = basis.score.limited.evidence, basis.score.believed.evidence, CONFIDENCE[-1][0]
    if said < needed:
        reason = "Counterparties have confirmed joint work with this firm, but said too little of it for a score."
        return reason, _missing("said", said, needed)
    if basis.independent < ENOUGH:
        reason = (
            "Those who work with this firm are hardly connected with verified firms of the network, as far as the last "
            "epoch knew them: their word does not make a score yet."
        )
        return reason, _missing("believed_partners", basis.independent, ENOUGH)
    reason = (
        f"What counterparties said of this firm weighs as much as {believed:.2f} typical jobs, counted as far as each "
        f"of them is believed; a score needs {needed:.0f}."
    )
    return reason, _missing("believed", believed, needed)


def _base(firm: str) -> dict[str, Any]:
    because = {"good": 1.0, "bad": 1.0, "reports": 0}  # what is assumed of everybody beforehand
    return {
        "code": "base",
        "points": 50.0,
        "because": because,
        "would_change": "Nothing: every firm begins here.",
        "change": {"gain": None, "cost": None},
        "evidence": _address(firm),
    }


def _factor(basis: Basis, dimension: Dimension) -> dict[str, Any]:
    posterior: Posterior = basis.score.believed
    because = {
        "good": posterior.good[dimension],
        "bad": posterior.bad[dimension],
        "reports": sum(dimension in evidence for evidence in basis.evidence),
        **basis.counts.get(dimension.value, {}),
    }
    return {
        "code": dimension.value,
        "points": posterior.points(dimension),
        "because": because,
        "would_change": would_change(dimension, basis.score, because),
        "change": changes(dimension, basis.score, because),
        "evidence": _address(basis.firm) + LISTED[dimension],
    }


def _address(firm: str) -> str:
    return f"/v1/collaborations?firm={firm}"
