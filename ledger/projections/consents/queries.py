"""Consents as the firm, the bank and the coordinator see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, bindparam, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import OF_BANK, judged_by
from ledger.projections.consents.tables import CONSENTS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

# Built once: every look of a bank asks it.
PURPOSES = (
    select(CONSENTS.c.firm, CONSENTS.c.purpose)
    .where(CONSENTS.c.firm.in_(bindparam("firms", expanding=True)), OF_BANK)
    .order_by(CONSENTS.c.granted_at, CONSENTS.c.id)
)


def page(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the consents that the viewer has given or received, newest first."""
    query = select(CONSENTS).where(as_of(CONSENTS, reading.position), _visible(viewer))
    keys = (CONSENTS.c.granted_at, CONSENTS.c.id)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row, reading.time) for row in rows], after)


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a consent; raise `NotFound`."""
    query = select(CONSENTS).where(CONSENTS.c.id == id, as_of(CONSENTS, reading.position), _visible(viewer))
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such consent.")
    return _shape(row, reading.time)


def purposes_of(reading: Reading, bank: UUID, firms: Collection[UUID]) -> dict[str, list[str]]:
    """Return, by firm, the purposes for which these firms let the bank look now."""
    asked = {"firms": list(firms), **judged_by(reading, bank)}
    found: dict[str, list[str]] = defaultdict(list)
    for firm, purpose in reading.connection.execute(PURPOSES, asked):
        if purpose not in found[str(firm)]:
            found[str(firm)].append(purpose)
    return found


def _visible(viewer: Actor) -> ColumnElement[bool]:
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return CONSENTS.c.network_id == viewer.network
        case Role.FIRM:
            return CONSENTS.c.firm == viewer.subject
        case Role.BANK:
            return CONSENTS.c.bank == viewer.subject


def _shape(row: RowMapping, at: datetime) -> dict[str, Any]:
    names = ("id", "firm", "bank", "purpose", "granted_at", "until", "withdrawn_at", "version")
    return {
        **{name: plain(row[name]) for name in names},
        "state": _state(row, at),
        "network": str(row["network_id"]),
        "position": row["since_position"],
    }


def _state(row: RowMapping, at: datetime) -> str:
    if row["withdrawn_at"] is not None:
        return "withdrawn"
    return "in_force" if at.date() <= row["until"] else "expired"
