"""Keys, for their holders and for who administers them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.keys.tables import KEYS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def page(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the keys that concern the viewer, newest first."""
    keys = (KEYS.c.issued_at, KEYS.c.id)
    query = _query(reading, viewer)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row) for row in rows], after)


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a key; raise `NotFound`."""
    query = _query(reading, viewer).where(KEYS.c.id == id)
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such key.")
    return _shape(row)


def _query(reading: Reading, viewer: Actor) -> Select[Any]:
    return select(KEYS).where(as_of(KEYS, reading.position), _visible(viewer))


def _visible(viewer: Actor) -> ColumnElement[bool]:
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return KEYS.c.network_id == viewer.network
        case Role.FIRM | Role.BANK:
            return and_(KEYS.c.role == viewer.role.value, KEYS.c.subject == viewer.subject)


def _shape(row: RowMapping) -> dict[str, Any]:
    names = ("id", "role", "subject", "label", "issued_at", "expires_at", "revoked_at", "replaced_by", "version")
    shown = {name: plain(row[name]) for name in names}
    client = {"issuer": row["client_issuer"], "subject": row["client_subject"]} if row["client_issuer"] else None
    return {**shown, "network": plain(row["network_id"]), "scopes": row["scopes"], "client": client}
