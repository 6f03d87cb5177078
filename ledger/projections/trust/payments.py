"""How a firm pays, in figures: days beyond terms as partners state them, and bills paid when they were due.

Of a partner that has stated it several times the latest word counts: one partner is one voice.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from statistics import median
from typing import Any

from ledger.domain.money import Money, totals
from ledger.projections.trust.counts import Row, track_record

Shown = dict[str, Any]


def payment(heard: Sequence[Row]) -> Shown:
    """Return the figures of reports that are open."""
    return {"days_beyond_terms": _days(_latest(heard)), "paid_on_time": _on_time(heard)}


def _latest(heard: Sequence[Row]) -> list[Row]:
    """Return each referee's latest statement."""
    references = [row for row in heard if row["source"] == "reference"]
    by_age = sorted(references, key=lambda row: (row["on"], row["since_position"]))
    return list({row["by"]: row for row in by_age}.values())


def _days(stated: Sequence[Row]) -> Shown:
    days = [row["measures"]["days_beyond_terms"] for row in stated]
    return {
        "referees": len(stated),
        "contested": sum(row["contested"] for row in stated),
        "median": float(median(days)) if days else None,
        "worst": max(days, default=None),
        "weighted": list(_weighted(stated)),
    }


def _weighted(stated: Sequence[Row]) -> Iterable[Shown]:
    """Weigh the days by the highest credit in use, in each currency by itself, where it is known."""
    known = [
        (row["measures"]["days_beyond_terms"], Money.parse(row["measures"]["high_credit"]))
        for row in stated
        if row["measures"].get("high_credit")
    ]
    for credit in totals(money for _, money in known):
        own = [(days, money.amount) for days, money in known if money.currency == credit.currency]
        if credit.amount:
            late = sum((days * amount for days, amount in own), Decimal(0))
            mean = round(float(late / credit.amount), 2)
            yield {"currency": credit.currency, "referees": len(own), "credit": credit.data(), "mean": mean}


def _on_time(heard: Sequence[Row]) -> Shown:
    paid = track_record(heard)["paid"]
    said = paid["yes"] + paid["no"]
    return {**paid, "share": paid["yes"] / said if said else None}
