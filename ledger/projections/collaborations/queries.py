"""Joint work as a list, one by one, as the events behind it, and as the history of a firm."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, false

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.collaborations.dots import dots
from ledger.projections.collaborations.history import history
from ledger.projections.collaborations.listing import ORDER, narrowed, to_be_seen
from ledger.projections.collaborations.shapes import shapes
from ledger.projections.collaborations.steps import steps
from ledger.projections.collaborations.summary import done_since
from ledger.projections.collaborations.tables import COLLABORATIONS
from ledger.projections.collaborations.visibility import with_party
from ledger.projections.consents.faces import faces
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading

__all__ = ["done_since", "dots", "events", "headlines", "history", "one", "page", "some"]


def page(  # noqa: PLR0913 - a filter each
    reading: Reading,
    viewer: Actor,
    *,
    firm: UUID | None = None,
    kind: str | None = None,
    state: str | None = None,
    since: date | None = None,
    until: date | None = None,
    limit: int,
    cursor: str | None = None,
) -> Page:
    """Return collaborations, the latest business date first."""
    query = to_be_seen(reading, viewer).where(*narrowed(kind, since, until))
    if firm is not None:
        bank = viewer.role is Role.BANK
        query = query.where(COLLABORATIONS.c.id.in_(with_party(reading.position, firm, confirmed=bank)))
        if bank and faces(reading, viewer, [firm])[firm].hidden:
            query = query.where(false())  # or whoever guesses an id would learn whose jobs these are
    if state is not None:
        query = query.where(COLLABORATIONS.c.state == state)
    rows, after = fetch(reading.connection, query, ORDER, limit=limit, cursor=cursor, descending=True)
    return Page(shapes(reading, viewer, rows), after)


def some(reading: Reading, viewer: Actor, ids: Collection[UUID]) -> list[dict[str, Any]]:
    """Return those of these collaborations that the viewer may see, the latest business date first."""
    query = to_be_seen(reading, viewer).where(COLLABORATIONS.c.id.in_(ids))
    rows = reading.connection.execute(query.order_by(*(key.desc() for key in ORDER))).mappings().all()
    return shapes(reading, viewer, rows)


def headlines(reading: Reading, firm: Actor, *, state: str, limit: int) -> list[dict[str, Any]]:
    """Return of a firm's own records in this state what a line of a list says, the latest business date first."""
    columns = (COLLABORATIONS.c[name] for name in ("id", "title", "kind", "business_date"))
    query = to_be_seen(reading, firm).where(COLLABORATIONS.c.state == state).with_only_columns(*columns)
    ordered = query.order_by(*(key.desc() for key in ORDER)).limit(limit)
    return [{name: plain(one) for name, one in row.items()} for row in reading.connection.execute(ordered).mappings()]


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a collaboration; raise `NotFound`."""
    return shapes(reading, viewer, [_row(reading, viewer, id)])[0]


def events(reading: Reading, viewer: Actor, id: UUID, *, limit: int, cursor: str | None = None) -> Page:
    """Return what happened to a collaboration, in order; raise `NotFound`."""
    return steps(reading, viewer, _row(reading, viewer, id), limit=limit, cursor=cursor)


def _row(reading: Reading, viewer: Actor, id: UUID) -> RowMapping:
    query = to_be_seen(reading, viewer).where(COLLABORATIONS.c.id == id)
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such collaboration.")
    return row
