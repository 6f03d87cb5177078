"""A firm's joint work as dots on a timeline: no more of each piece than its month, kind, size and whether it stands."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from ledger.domain.actor import Actor
from ledger.domain.collaboration import Outcome
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.money import Money
from ledger.projections.collaborations.membership import agreed, of_firm
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

MOST = 600  # dots; a picture with more tells nothing
SHOWN = ("kind", "state", "business_date", "disputes")


def dots(reading: Reading, viewer: Actor, firm: UUID, *, since: date) -> list[dict[str, Any]]:
    """Return what counts of the firm's joint work since a day, the latest first; raise `NotFound`."""
    find_firm(reading, viewer, firm)
    columns = [*(COLLABORATIONS.c[name] for name in SHOWN), PARTIES.c.volume]
    here = (as_of(COLLABORATIONS, reading.position), COLLABORATIONS.c.state.in_(COUNTED), agreed())
    query = of_firm(select(*columns).select_from(COLLABORATIONS), reading, firm).where(
        *here, COLLABORATIONS.c.business_date >= since
    )
    newest = query.order_by(COLLABORATIONS.c.business_date.desc(), COLLABORATIONS.c.id).limit(MOST)
    return [
        {
            "kind": row["kind"],
            "on": row["business_date"].isoformat(),
            "volume": [money.data() for money in map(Money.parse, row["volume"])],
            "corrected": any(dispute["outcome"] == Outcome.AMENDED for dispute in row["disputes"]),
            "disputed": any(dispute["outcome"] is None for dispute in row["disputes"]),
        }
        for row in reading.connection.execute(newest).mappings()
        if not kind_named(row["kind"]).is_statement
    ]
