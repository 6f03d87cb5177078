"""The parts that show a score, its own page and a referral alike: the scale, the factors, the steps of the method."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from ledger.dashboards import reasons
from ledger.dashboards.charts.distribution import Distribution, Interval, distribution
from ledger.dashboards.charts.factors import bars
from ledger.dashboards.charts.parts import Caption, Figure
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.formats import written
from ledger.dashboards.labels import FACTORS, label
from ledger.dashboards.words import gettext as _
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.posterior import Posterior

Shown = Mapping[str, Any]
WIDE = 0.95  # the share of the posterior in the pale band


@dataclass(frozen=True, slots=True)
class Row:
    """A factor on a page: what it is called, what the ledger shows, its bar and points, what would change it."""

    code: str
    name: str
    shows: str
    bar: Markup
    points: str
    good: bool
    changes: str


def scale(
    score: Shown, peers: Sequence[int] = (), median: Figure | None = None, medium: Medium = Medium.PAGE
) -> Markup:
    """Draw a score that there is, with its bands, on the scale of its peers."""
    text = reasons.interval(score)
    written_score = written(score["score"], 0)
    band = score["interval"]
    own = Interval(score["score"], (band["low"], band["high"]), _posterior(score).interval(WIDE), text)
    caption = Caption("scale", _("The trust score"), _("%(score)s of 100. %(text)s.", score=written_score, text=text))
    return distribution(Distribution(caption, tuple(peers), median, own), medium)


def rows(score: Shown, medium: Medium = Medium.PAGE) -> list[Row]:
    """Return the factors that move a score, without the base that every firm has."""
    factors = [one for one in score["factors"] if one["code"] != "base"]
    names = [label(FACTORS, one["code"]) for one in factors]
    figures = [
        Figure(name, one["points"], reasons.points(one["points"])) for name, one in zip(names, factors, strict=True)
    ]
    return [_row(one, figure, bar) for one, figure, bar in zip(factors, figures, bars(figures, medium), strict=True)]


def steps(score: Shown) -> list[tuple[str, str]]:
    """Return the steps of the method, and what the score would be after each."""
    return [(label(reasons.STEPS, one["code"]), written(one["score"], 1)) for one in score["waterfall"]]


def _row(one: Shown, figure: Figure, bar: Markup) -> Row:
    reason = reasons.factor(one)
    return Row(one["code"], figure.label, reason.shows, bar, figure.text, one["points"] >= 0, reason.changes)


def _posterior(score: Shown) -> Posterior:
    because = {one["code"]: one["because"] for one in score["factors"]}
    return Posterior(
        good={dimension: because[dimension]["good"] for dimension in Dimension},
        bad={dimension: because[dimension]["bad"] for dimension in Dimension},
    )
