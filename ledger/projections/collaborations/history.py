"""The collaboration history of a firm: what it did with others, added up and one by one."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import or_

from ledger.domain.actor import Actor, Role
from ledger.projections.collaborations.listing import ORDER, narrowed, to_be_seen
from ledger.projections.collaborations.membership import agreed, claimed, of_firm
from ledger.projections.collaborations.shapes import shapes
from ledger.projections.collaborations.summary import summarize
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.paging import fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading


def history(
    reading: Reading,
    viewer: Actor,
    firm: UUID,
    *,
    kind: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int,
    cursor: str | None = None,
) -> dict[str, Any]:
    """Return what the firm has done with others; `NotFound` unless the viewer may look into it.

    Beside what counts stands what is claimed and what was struck, neither of them for a bank; declined and
    withdrawn records are no history. The sums take in every page.
    """
    find_firm(reading, viewer, firm)
    narrow = narrowed(kind, since, until)
    bank = viewer.role is Role.BANK
    belongs = agreed() if bank else or_(agreed(), claimed())
    query = of_firm(to_be_seen(reading, viewer), reading, firm).where(belongs, *narrow)
    rows, after = fetch(reading.connection, query, ORDER, limit=limit, cursor=cursor, descending=True)
    return {
        "firm": str(firm),
        "summary": summarize(reading, firm, narrow, with_claimed=not bank),
        "items": shapes(reading, viewer, rows),
        "next": after,
        "position": reading.position,
        "as_of": plain(reading.time),
    }
