"""From rows to what the posterior weighs, and to the counts that stand beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from ledger.domain.assessment import BEST_RATING
from ledger.domain.collaboration import Outcome
from ledger.domain.money import Money
from ledger.projections.trust.posterior import Dimension, Report, job_weight, reference_weight

Row = Mapping[str, Any]

WORST_DELAY = 60  # days beyond terms from which a payer counts as bad as can be

# Where an assessment states a dimension, and how its value becomes a quality from 0 to 1.
STATED: Mapping[Dimension, tuple[str, Callable[[Any], float]]] = {
    Dimension.ON_TIME: ("on_time", float),
    Dimension.ACCEPTED: ("accepted", float),
    Dimension.PAID: ("paid_on_time", float),
    Dimension.RATING: ("rating", lambda rating: (rating - 1) / (BEST_RATING - 1)),
}


def weigh(row: Row, today: date) -> Report:
    """Return a stored report as the posterior reads it."""
    value = Money(row["amount"], row["currency"]) if row["amount"] is not None else None
    reference = row["source"] == "reference"
    return Report(
        by=str(row["by"]),
        weight=reference_weight() if reference else job_weight(value, backed=row["backed"]),
        age=(today - row["on"]).days,
        said=said(row),
        withdrawn=row["withdrawn"],
    )


def said(row: Row) -> dict[Dimension, float]:
    """Return what a report says per dimension, from 0 (bad) to 1 (good)."""
    measures = row["measures"]
    if row["source"] == "dispute":
        return {Dimension.DISPUTES: 0.0}
    if row["source"] == "reference":
        return {Dimension.PAID: 1 - min(measures["days_beyond_terms"], WORST_DELAY) / WORST_DELAY}
    stated = STATED.items()
    return {d: read(measures[name]) for d, (name, read) in stated if name in measures}


def track_record(rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Count what was said, without the good words that a dispute has withdrawn."""
    given = [row for row in rows if row["source"] == "assessment"]
    told = {dimension: _told(given, dimension) for dimension in STATED}
    yes_or_no = (Dimension.ON_TIME, Dimension.ACCEPTED, Dimension.PAID)
    counts: dict[str, dict[str, Any]] = {
        d.value: {"yes": told[d].count(1.0), "no": told[d].count(0.0)} for d in yes_or_no
    }
    marks = [1 + quality * (BEST_RATING - 1) for quality in told[Dimension.RATING]]
    return {**counts, "rating": {"count": len(marks), "mean": math.fsum(marks) / len(marks) if marks else None}}


def credit_references(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return what other firms state on how the firm pays, the latest first, without their names."""
    references = [row for row in rows if row["source"] == "reference"]
    latest = sorted(references, key=lambda row: (row["on"], str(row["collaboration"])), reverse=True)
    return [{"on": row["on"].isoformat(), **row["measures"], "contested": row["withdrawn"]} for row in latest]


def dispute_counts(rows: Sequence[Row]) -> dict[str, int]:
    """Count disputes and in whose favour they ended; a record that stands is in favour of those who answered."""
    settled = [row for row in rows if row["outcome"] is not None]
    favoured = [row for row in settled if row["raised"] != (row["outcome"] == Outcome.UPHELD)]
    return {
        "open": len(rows) - len(settled),
        "settled": len(settled),
        "in_favour": len(favoured),
        "against": len(settled) - len(favoured),
    }


def _told(rows: Sequence[Row], dimension: Dimension) -> list[float]:
    qualities = ((said(row).get(dimension), row["withdrawn"]) for row in rows)
    return [quality for quality, withdrawn in qualities if quality is not None and (quality == 0 or not withdrawn)]
