"""The access log of a firm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, select

from ledger.domain.actor import Actor, Role
from ledger.projections.audit_log.tables import LOOKS
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading


def page(reading: Reading, viewer: Actor, *, firm: UUID, limit: int, cursor: str | None = None) -> Page:
    """Return who looked at the firm, newest first; a bank is shown its own looks only. Raises `NotFound`."""
    network = find_firm(reading, viewer, firm)
    query = select(LOOKS).where(
        LOOKS.c.network_id == network, LOOKS.c.firm == firm, LOOKS.c.position <= reading.position
    )
    if viewer.role is Role.BANK:
        query = query.where(LOOKS.c.bank == viewer.subject)
    keys = (LOOKS.c.position,)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row) for row in rows], after)


def _shape(row: RowMapping) -> dict[str, Any]:
    return {name: plain(row[name]) for name in ("bank", "what", "purpose", "at", "position")}
