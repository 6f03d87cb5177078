"""What would change each factor, by how many points: in figures, and in one sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ledger.projections.trust.parameters import GOOD_CEILING, Dimension
from ledger.projections.trust.posterior import Score

# What a good report says of a firm, in each dimension.
PRAISE = {
    Dimension.ON_TIME: "was on time",
    Dimension.ACCEPTED: "delivered what was accepted",
    Dimension.PAID: "paid on time",
    Dimension.RATING: "earned five points of five",
}


def changes(dimension: Dimension, score: Score, because: Mapping[str, Any]) -> dict[str, float | None]:
    """Return what one more good report would add, and what the bad ones cost; None where there is neither."""
    return {
        "gain": None if dimension is Dimension.DISPUTES else _gain(score),
        "cost": _cost(dimension, score) if because["bad"] else None,
    }


def would_change(dimension: Dimension, score: Score, because: Mapping[str, Any]) -> str:
    """Return the sentence; `because` holds the factor's good and bad evidence and its counts."""
    if dimension is Dimension.DISPUTES:
        return _disputes(dimension, score, because)
    news = f"reports that the firm {PRAISE[dimension]} in a typical job"
    sentence = f"If one more partner, believed as the present ones are on average, {news}: {_gain(score):+.1f} points."
    if because["bad"]:
        sentence += f" Bad reports cost {_cost(dimension, score):.1f} points now; four years old, they weigh half."
    return sentence


def _disputes(dimension: Dimension, score: Score, because: Mapping[str, Any]) -> str:
    if not because["bad"]:
        return "No dispute weighs on the score; one that is open or leads to a corrected record would lower it."
    settled = "Settled so that the records stand, they count no longer, and the good reports they withdrew count again."
    return f"Disputes cost {_cost(dimension, score):.1f} points now. {settled}"


def _gain(score: Score) -> float:
    """Return the points that a typical job's good report by a new partner of average credibility adds."""
    now, said = score.believed, score.limited.evidence
    believed = now.evidence / said if said else 0.0
    more = believed * GOOD_CEILING / (GOOD_CEILING + 1)
    return 100 * (now.alpha + more) / (now.alpha + now.beta + more) - now.score


def _cost(dimension: Dimension, score: Score) -> float:
    """Return the points that are missing because of this dimension's bad evidence."""
    now = score.believed
    return 100 * now.alpha / (now.alpha + now.beta - now.bad[dimension]) - now.score
