"""A firm's inbox: what waits for its answer, what it waits for itself, what is contested, and what is done."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, exists, func, or_, select

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Answer, State
from ledger.domain.errors import NotFound
from ledger.projections.collaborations.membership import of_firm
from ledger.projections.collaborations.proposal import PENDING
from ledger.projections.collaborations.shapes import shapes
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

VIEWS = ("todo", "waiting", "disputed", "done")
# Read downwards: what changed last comes first.
ORDER = (COLLABORATIONS.c.since_position, COLLABORATIONS.c.id)


def page(
    reading: Reading,
    viewer: Actor,
    firm: UUID,
    view: str,
    *,
    without: Collection[UUID] = (),
    limit: int,
    cursor: str | None = None,
) -> Page:
    """Return what lies in one view of a firm's inbox; `without` what is about to be answered. `NotFound`."""
    own_desk(reading, viewer, firm)
    query = _of(select(COLLABORATIONS), reading, firm, without).where(_view(reading) == view)
    if view == "todo":  # follows from the view, but is known before any collaboration is looked up
        query = query.where(_waits_for_it())
    rows, after = fetch(reading.connection, query, ORDER, limit=limit, cursor=cursor, descending=True)
    changed = {str(row["id"]): plain(row["since_time"]) for row in rows}
    return Page([{**item, "changed_at": changed[item["id"]]} for item in shapes(reading, viewer, rows)], after)


def counts(reading: Reading, viewer: Actor, firm: UUID, *, without: Collection[UUID] = ()) -> dict[str, int]:
    """Return how much lies in each view of a firm's inbox; raise `NotFound`."""
    own_desk(reading, viewer, firm)
    view = _view(reading).label("view")
    counted: Any = select(view, func.count().label("number")).select_from(COLLABORATIONS)
    query = _of(counted, reading, firm, without)
    found = {row.view: row.number for row in reading.connection.execute(query.group_by(view))}
    return {name: found.get(name, 0) for name in VIEWS}


def to_answer(reading: Reading, viewer: Actor, firm: UUID, *, without: Collection[UUID] = ()) -> int:
    """Return how much waits for a firm's answer; raise `NotFound`."""
    own_desk(reading, viewer, firm)
    query = _of(select(func.count()).select_from(COLLABORATIONS), reading, firm, without)
    number: int = reading.connection.execute(query.where(_waits_for_it(), _running())).scalar_one()
    return number


def own_desk(reading: Reading, viewer: Actor, firm: UUID) -> None:
    """Raise `NotFound` unless the viewer is the firm or its coordinator: what is unconfirmed is not for banks."""
    find_firm(reading, viewer, firm)
    if viewer.role not in (Role.FIRM, Role.COORDINATOR):
        raise NotFound("There is no such firm.")


def _of(query: Select[Any], reading: Reading, firm: UUID, without: Collection[UUID]) -> Select[Any]:
    # Whoever may look at the firm sees all its collaborations: the firm itself and its coordinator.
    narrowed = of_firm(query, reading, firm).where(as_of(COLLABORATIONS, reading.position))
    return narrowed.where(COLLABORATIONS.c.id.not_in(without)) if without else narrowed


def _view(reading: Reading) -> ColumnElement[str]:
    """The view in which a collaboration lies, read with the firm's row in `PARTIES`."""
    return case(
        (_running().is_(False), "done"),
        (_waits_for_it(), "todo"),
        (COLLABORATIONS.c.state == State.DISPUTED.value, "disputed"),
        (PARTIES.c.answer == Answer.DECLINED.value, "done"),
        (_waits_for_another(reading), "waiting"),
        else_="done",
    )


def _running() -> ColumnElement[bool]:
    return COLLABORATIONS.c.state.in_((State.PROPOSED.value, *COUNTED))


def _waits_for_it() -> ColumnElement[bool]:
    """The firm has not answered, and is asked: of a statement it would count without an answer."""
    return and_(PARTIES.c.answer == PENDING, PARTIES.c.confirmed.is_(False))


def _waits_for_another(reading: Reading) -> ColumnElement[bool]:
    other = PARTIES.alias("other")
    until = other.c.until_position
    return exists().where(
        other.c.network_id == COLLABORATIONS.c.network_id,
        other.c.collaboration == COLLABORATIONS.c.id,
        other.c.since_position <= reading.position,
        or_(until.is_(None), until > reading.position),
        other.c.answer == PENDING,
        other.c.confirmed.is_(False),
    )
