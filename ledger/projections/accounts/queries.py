"""Accounts, for those they act with and for who administers them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.accounts.tables import ACCOUNTS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

SHOWN = ("id", "role", "subject", "position", "name", "email", "language", "state", "since", "invited_until", "version")


def page(
    reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None, subject: UUID | None = None
) -> Page:
    """Return the accounts that concern the viewer, the newest invitation first; `subject` asks for those of one."""
    query = _query(reading, viewer)
    if subject is not None:
        query = query.where(ACCOUNTS.c.subject == subject)
    keys = (ACCOUNTS.c.invited_at, ACCOUNTS.c.id)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row) for row in rows], after)


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return an account; raise `NotFound`."""
    row = reading.connection.execute(_query(reading, viewer).where(ACCOUNTS.c.id == id)).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such account.")
    return _shape(row)


def called(reading: Reading, ids: Collection[UUID]) -> dict[str, str]:
    """Return the names of these people, by id; for who was told the ids, as of those who acted for them."""
    query = select(ACCOUNTS.c.id, ACCOUNTS.c.name).where(ACCOUNTS.c.id.in_(ids), as_of(ACCOUNTS, reading.position))
    return {str(row.id): row.name for row in reading.connection.execute(query)}


def _query(reading: Reading, viewer: Actor) -> Select[Any]:
    return select(ACCOUNTS).where(as_of(ACCOUNTS, reading.position), _visible(viewer))


def _visible(viewer: Actor) -> ColumnElement[bool]:
    match viewer.role:
        case Role.OPERATOR:
            return true()
        case Role.COORDINATOR:
            return ACCOUNTS.c.network_id == viewer.network
        case Role.FIRM | Role.BANK:
            return and_(ACCOUNTS.c.role == viewer.role.value, ACCOUNTS.c.subject == viewer.subject)


def _shape(row: RowMapping) -> dict[str, Any]:
    return {**{name: plain(row[name]) for name in SHOWN}, "network": plain(row["network_id"])}
