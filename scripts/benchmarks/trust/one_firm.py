"""What one report costs, and what one firm's score costs, in plain Python and without a database."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from ledger.domain.money import Money
from ledger.projections.trust.posterior import score
from ledger.projections.trust.reports import Evidence, evidence, qualities, total
from ledger.projections.trust.strength import job_weight, strength, worth
from scripts.benchmarks.report import Rows
from scripts.benchmarks.trust.clock import interleaved, row

TODAY = date(2026, 1, 1)
RATERS = 10  # of the firm that is read, one report each: the mean of the large network
MEASURES = {"on_time": True, "accepted": True, "paid_on_time": False, "rating": 4}
ROUNDS, OFTEN = 5, 2_000
MICROSECONDS = 1e6


def measure() -> Rows:
    """Return the rows."""
    sums: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    said = [(f"rater {number}", weighed(number)) for number in range(RATERS)]
    believed = {by: 0.5 for by, _ in said}
    times = interleaved(
        {
            "apply": (lambda: apply(sums), OFTEN),
            "read": (lambda: score(said, worth(TODAY), believed).believed.score, OFTEN),
        },
        ROUNDS,
    )
    return {name: row(times, name, "µs", MICROSECONDS) for name in times}


def apply(sums: dict[tuple[str, str], list[int]]) -> None:
    """Add one report to what its rater says of its subject."""
    good, bad = total(weighed(0))
    pair = sums["rater", "subject"]
    pair[0] += good
    pair[1] += bad


def weighed(days: int) -> Evidence:
    """Return the evidence of a report on a job of 12,000 euro with a document, so many days ago."""
    weight = job_weight(Money(Decimal("12000.00"), "EUR"), backed=True)
    found = strength(weight, TODAY - timedelta(days=days))
    return evidence(found, qualities("assessment", MEASURES), withdrawn=False)
