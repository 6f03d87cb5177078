"""A firm's joint work as dots on a timeline: no more of each piece than its month, kind, size and whether it stands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from ledger.domain.actor import Actor
from ledger.domain.collaboration import Outcome
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.money import Money
from ledger.projections.collaborations.summary import counted
from ledger.subscriptions.reading import Reading

MOST = 600  # dots; a picture with more tells nothing


def dots(reading: Reading, viewer: Actor, firm: UUID, *, since: date) -> list[dict[str, Any]]:
    """Return what counts of the firm's joint work since a day, the latest first; raise `NotFound`."""
    jobs = [row for row in counted(reading, viewer, firm) if row["business_date"] >= since]
    newest = sorted(jobs, key=lambda row: (-row["business_date"].toordinal(), row["id"]))[:MOST]
    return [
        {
            "kind": row["kind"],
            "on": row["business_date"].isoformat(),
            "volume": [money.data() for money in map(Money.parse, row["volume"])],
            "corrected": any(dispute["outcome"] == Outcome.AMENDED for dispute in row["disputes"]),
            "disputed": any(dispute["outcome"] is None for dispute in row["disputes"]),
        }
        for row in newest
        if not kind_named(row["kind"]).is_statement
    ]
