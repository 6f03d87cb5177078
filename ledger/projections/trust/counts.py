"""The counts that stand beside a score: what was said, without weights."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from ledger.domain.assessment import BEST_RATING
from ledger.domain.collaboration import Outcome
from ledger.projections.trust.parameters import Dimension
from ledger.projections.trust.reports import STATED, qualities

Row = Mapping[str, Any]


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
    return [{"on": row["on"].isoformat(), **row["measures"], "contested": row["contested"]} for row in latest]


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
    said = ((qualities(row["source"], row["measures"]).get(dimension), row["withdrawn"]) for row in rows)
    return [float(quality) for quality, withdrawn in said if quality is not None and (quality == 0 or not withdrawn)]
