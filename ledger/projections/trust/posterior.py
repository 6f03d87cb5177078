"""The score's mathematics, without SQL: reports become evidence, evidence a Beta posterior.

docs/trust.md explains it. Two parts of the method are left to a later release: every rater is believed alike
(credibility 1), and amounts in other currencies are weighed by a constant rate.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from scipy.special import betaincinv

from ledger.domain.money import Money

METHOD = "beta-1"
HALF_LIFE = 1460  # days after which a report counts half
BAD_SIDE = 1.25  # a bad report outweighs a good one
GOOD_CEILING = 1.6  # one counterparty's good evidence stays below this …
BAD_CEILING = 4.0  # … and its bad evidence below this, however many jobs there were
BACKED = 1.35  # a document backs the job
TYPICAL = 0.58  # the raw weight of a typical job, which is then counted as 1
SMALLEST = 0.05

# Units of a currency per euro, for weights only, never for a shown amount. Both are pegs: DKK at its ERM II central
# rate of 1 January 1999, rounded; BGN at its fixed conversion rate of the same day. Others have no rate here:
# their jobs weigh as much as the smallest.
PER_EURO = {"EUR": 1.0, "DKK": 7.46, "BGN": 1.95583}


class Dimension(StrEnum):
    """What a report speaks of."""

    ON_TIME = "on_time"
    ACCEPTED = "accepted"
    PAID = "paid"
    RATING = "rating"
    DISPUTES = "disputes"


IMPORTANCE = {
    Dimension.ON_TIME: 0.35,
    Dimension.ACCEPTED: 0.35,
    Dimension.PAID: 0.70,
    Dimension.RATING: 0.30,
    Dimension.DISPUTES: 1.0,  # stands alone in its report
}


@dataclass(frozen=True, slots=True)
class Report:
    """What one counterparty said of the firm: each dimension from 0 (bad) to 1 (good).

    `weight` counts a typical job as 1, `age` is in days, `withdrawn` means that its good part no longer counts.
    """

    by: str
    weight: float
    age: int
    said: Mapping[Dimension, float]
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class Posterior:
    """A Beta posterior over the evidence per dimension; a firm without evidence stands at 50."""

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
    def score(self) -> float:
        """The posterior's mean, 0 to 100."""
        return 100 * self.alpha / (self.alpha + self.beta)

    def points(self, dimension: Dimension) -> float:
        """Return what a dimension adds to the base of 50; all together make the score."""
        return 50 * (self.good[dimension] - self.bad[dimension]) / (self.alpha + self.beta)

    def interval(self, level: float) -> tuple[float, float]:
        """Return the central interval that holds the given share (0 to 1) of the posterior, 0 to 100."""
        tail = (1 - level) / 2
        low, high = (float(betaincinv(self.alpha, self.beta, share)) for share in (tail, 1 - tail))
        return 100 * low, 100 * high


def job_weight(value: Money | None, *, backed: bool) -> float:
    """Return a job's weight by its value, a typical one counting 1; without a value it is the smallest."""
    raw = SMALLEST
    if value is not None and value.currency in PER_EURO and value.amount > 0:
        euros = float(value.amount) / PER_EURO[value.currency]
        raw = min(max(math.log10(euros / 100) / 4, SMALLEST), 1.0)
    return min(1.0, raw * (BACKED if backed else 1.0)) / TYPICAL


def reference_weight() -> float:
    """Return a credit reference's weight: a typical job that a document backs."""
    return min(1.0, TYPICAL * BACKED) / TYPICAL


def posterior(reports: Iterable[Report]) -> Posterior:
    """Weigh all reports; their order does not matter, to the last bit."""
    by_rater: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        by_rater[report.by].append(report)
    raters = [_under_ceiling(given) for given in by_rater.values()]
    return Posterior(
        good={d: math.fsum(rater.good[d] for rater in raters) for d in Dimension},
        bad={d: math.fsum(rater.bad[d] for rater in raters) for d in Dimension},
    )


def _under_ceiling(reports: Sequence[Report]) -> Posterior:
    """Return one counterparty's evidence; more of it adds ever less, so that nobody carries a firm alone."""
    good = {d: math.fsum(_good(report, d) for report in reports) for d in Dimension}
    bad = {d: math.fsum(_bad(report, d) for report in reports) for d in Dimension}
    evidence = math.fsum([*good.values(), *bad.values()])
    up, down = GOOD_CEILING / (GOOD_CEILING + evidence), BAD_CEILING / (BAD_CEILING + evidence)
    return Posterior({d: good[d] * up for d in Dimension}, {d: bad[d] * down for d in Dimension})


def _good(report: Report, dimension: Dimension) -> float:
    if report.withdrawn or dimension not in report.said:
        return 0.0
    return _part(report, dimension) * report.said[dimension]


def _bad(report: Report, dimension: Dimension) -> float:
    if dimension not in report.said:
        return 0.0
    return BAD_SIDE * _part(report, dimension) * (1 - report.said[dimension])


def _part(report: Report, dimension: Dimension) -> float:
    """Return the share of the report's weight, forgotten with age, that falls to a dimension."""
    share = IMPORTANCE[dimension] / math.fsum(IMPORTANCE[said] for said in report.said)
    return float(report.weight * share * 2 ** (-max(report.age, 0) / HALF_LIFE))
