"""The board of capacity, for the firms of a network, its office and the operator; for no bank."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, false, select, true

from ledger.domain.actor import Actor, Role
from ledger.projections.consents.faces import faces
from ledger.projections.offers.tables import OFFERS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

ORDER = (OFFERS.c.ends, OFFERS.c.id)
ALIKE = ("id", "firm", "direction", "resource", "what", "hours", "note", "offered_at", "version")


def page(
    reading: Reading,
    viewer: Actor,
    *,
    direction: str | None = None,
    resource: str | None = None,
    firm: UUID | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page:
    """Return the offers that stand on the day of the reading, those that end first at the top."""
    stands = (OFFERS.c.withdrawn_at.is_(None), OFFERS.c.ends >= reading.time.date())
    query = select(OFFERS).where(as_of(OFFERS, reading.position), *stands, _visible(viewer))
    for name, value in (("direction", direction), ("resource", resource), ("firm", firm)):
        if value is not None:
            query = query.where(OFFERS.c[name] == value)
    rows, after = fetch(reading.connection, query, ORDER, limit=limit, cursor=cursor)
    known = faces(reading, viewer, {row["firm"] for row in rows})
    return Page([{**_shape(row), "name": known[row["firm"]].name} for row in rows], after)


def _visible(viewer: Actor) -> ColumnElement[bool]:
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR | Role.FIRM:
            return OFFERS.c.network_id == viewer.network
        case Role.BANK:
            return false()


def _shape(row: RowMapping) -> dict[str, Any]:
    told = {name: plain(row[name]) for name in ALIKE}
    days = {"from": plain(row["begins"]), "to": plain(row["ends"])}
    return {**told, **days, "network": str(row["network_id"]), "position": row["since_position"]}
