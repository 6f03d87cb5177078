"""One firm's score from what its counterparties say, without SQL: evidence becomes a Beta posterior.

A forgetting Beta posterior with a uniform prior (Jøsang & Ismail 2002), a ceiling for each counterparty, and each
counterparty's word weighed by its credibility.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ledger.projections.trust.parameters import BAD_CEILING, GOOD_CEILING, Dimension
from ledger.projections.trust.reports import Evidence


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta posterior over the evidence per dimension, in typical jobs; a firm without evidence stands at 50."""

    good: Mapping[Dimension, float]
    bad: Mapping[Dimension, float]

    @property
    def alpha(self) -> float:
        """The first parameter of the Beta distribution."""
        return math.fsum(self.good.values()) + 1

    @property
    def beta(self) -> float:
        """The second parameter of the Beta distribution."""
        return math.fsum(self.bad.values()) + 1

    @property
    def evidence(self) -> float:
        """How much was said, good and bad together."""
        return self.alpha + self.beta - 2

    @property
    def score(self) -> float:
        """The posterior's mean, 0 to 100."""
        return 100 * self.alpha / (self.alpha + self.beta)

    def points(self, dimension: Dimension) -> float:
        """Return what a dimension adds to the base of 50; all together make the score."""
        return 50 * (self.good[dimension] - self.bad[dimension]) / (self.alpha + self.beta)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the central interval that holds the given share (0 to 1) of the posterior, 0 to 100."""
        from scipy.special import betaincinv

        tail = (1 - level) / 2
        low, high = (float(betaincinv(self.alpha, self.beta, share)) for share in (tail, 1 - tail))
        return 100 * low, 100 * high


def by_counterparty(reports: Iterable[tuple[str, Evidence]], worth: float) -> dict[str, Posterior]:
    """Add up what each counterparty says; `worth` is today's value of one unit of strength."""
    sums: dict[str, dict[Dimension, list[int]]] = defaultdict(lambda: {d: [0, 0] for d in Dimension})
    for by, evidence in reports:
        for dimension, (good, bad) in evidence.items():
            sums[by][dimension][0] += good
            sums[by][dimension][1] += bad
    return {
        by: Posterior({d: worth * said[d][0] for d in Dimension}, {d: worth * said[d][1] for d in Dimension})
        for by, said in sums.items()
    }


def under_ceiling(heard: Posterior) -> Posterior:
    """Limit one counterparty's evidence: more of it adds ever less, so that nobody carries a firm alone."""
    up, down = GOOD_CEILING / (GOOD_CEILING + heard.evidence), BAD_CEILING / (BAD_CEILING + heard.evidence)
    return Posterior({d: heard.good[d] * up for d in Dimension}, {d: heard.bad[d] * down for d in Dimension})


def together(heard: Mapping[str, Posterior], believed: Mapping[str, float] | None = None) -> Posterior:
    """Add up all counterparties, each as far as it is believed (0 to 1; None: all fully)."""
    weights = {by: 1.0 if believed is None else believed.get(by, 0.0) for by in heard}
    return Posterior(
        good={d: math.fsum(weights[by] * one.good[d] for by, one in heard.items()) for d in Dimension},
        bad={d: math.fsum(weights[by] * one.bad[d] for by, one in heard.items()) for d in Dimension},
    )


@dataclass(frozen=True, slots=True)
class Score:
    """A firm's posterior after each step of the method; the last is the score."""

    plain: Posterior
    limited: Posterior
    believed: Posterior
    raters: int  # how many of those who said something are believed at all

    @property
    def waterfall(self) -> Sequence[tuple[str, float]]:
        """The steps and what the score would be after each."""
        return (
            ("plain", self.plain.score),
            ("ceilings", self.limited.score),
            ("credibility", self.believed.score),
        )


def score(reports: Iterable[tuple[str, Evidence]], worth: float, credibility: Mapping[str, float]) -> Score:
    """Work out the score from pairs of rater and evidence; their order does not matter, to the last bit."""
    heard = by_counterparty(reports, worth)
    limited = {by: under_ceiling(one) for by, one in heard.items()}
    raters = sum(credibility.get(by, 0.0) > 0 for by in heard)
    return Score(together(heard), together(limited), together(limited, credibility), raters)
