"""Webhooks, for their holders and the operator."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, and_, func, select, true

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.domain.event import ERASED
from ledger.projections.webhooks.tables import WEBHOOKS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


@dataclass(frozen=True, slots=True)
class Registered:
    """A webhook to be served, and the position from which on its holder wants to be told."""

    id: UUID
    position: int


def page(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the viewer's webhooks, newest first, all of them to the operator; without those that are removed."""
    keys = (WEBHOOKS.c.registered_at, WEBHOOKS.c.id)
    rows, after = fetch(reading.connection, _query(reading, viewer), keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row) for row in rows], after)


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a webhook; raise `NotFound`."""
    row = reading.connection.execute(_query(reading, viewer).where(WEBHOOKS.c.id == id)).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such webhook.")
    return _shape(row)


def count(reading: Reading, viewer: Actor) -> int:
    """Return how many webhooks the viewer itself has."""
    mine = and_(WEBHOOKS.c.role == viewer.role.value, WEBHOOKS.c.subject.is_not_distinct_from(viewer.subject))
    query = _query(reading, viewer).where(mine).with_only_columns(func.count())
    return reading.connection.execute(query).scalar_one()


def served(reading: Reading) -> list[Registered]:
    """Return all that something is sent to; for the ledger's own work, no caller is asked for."""
    kept = and_(WEBHOOKS.c.removed_at.is_(None), WEBHOOKS.c.url != ERASED)
    query = select(WEBHOOKS.c.id, WEBHOOKS.c.since_position).where(as_of(WEBHOOKS, reading.position), kept)
    return [Registered(*row) for row in reading.connection.execute(query)]


def _query(reading: Reading, viewer: Actor) -> Select[Any]:
    here = and_(as_of(WEBHOOKS, reading.position), WEBHOOKS.c.removed_at.is_(None))
    return select(WEBHOOKS).where(here, _visible(viewer))


def _visible(viewer: Actor) -> ColumnElement[bool]:
    if viewer.role is Role.OPERATOR:
        return true()
    return and_(WEBHOOKS.c.role == viewer.role.value, WEBHOOKS.c.subject == viewer.subject)


def _shape(row: RowMapping) -> dict[str, Any]:
    names = ("id", "role", "subject", "url", "types", "registered_at", "version")
    return {name: plain(row[name]) for name in names}
