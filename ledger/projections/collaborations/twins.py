"""What a firm has itself recorded of the jobs that others recorded with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, select

from ledger.domain.actor import Actor
from ledger.domain.collaboration import State
from ledger.domain.twin import Entry, are_twins
from ledger.projections.collaborations.inbox import own_desk
from ledger.projections.collaborations.shapes import Shown, shapes
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED, with_party
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

RUNNING = (State.PROPOSED.value, *COUNTED)
MOST = 200  # of the firm's own records that are looked at, the latest first


def twins(reading: Reading, viewer: Actor, firm: UUID, items: Sequence[Shown]) -> dict[str, Shown]:
    """Return the firm's own record for each of these that seems to be of the same job, by the item's id."""
    own_desk(reading, viewer, firm)
    others = [item for item in items if item["proposed_by"] != str(firm) and item["state"] in RUNNING]
    if not others:
        return {}
    rows = reading.connection.execute(_own(reading, firm, others)).mappings().all()
    found: dict[str, Any] = {}
    for item in others:
        theirs = _entry(item, frozenset(UUID(party["firm"]) for party in item["parties"]))
        own = (row for row in rows if are_twins(theirs, _entry(dict(row), frozenset((firm, row["with_firm"])))))
        if (twin := next(own, None)) is not None:
            found[item["id"]] = twin
    distinct = list({row["id"]: row for row in found.values()}.values())
    shown = {one["id"]: one for one in shapes(reading, viewer, distinct)}
    return {id_: shown[str(row["id"])] for id_, row in found.items()}


def _own(reading: Reading, firm: UUID, items: Sequence[Shown]) -> Select[Any]:
    """The firm's own running records of these kinds with those who recorded these items."""
    same = and_(PARTIES.c.network_id == COLLABORATIONS.c.network_id, PARTIES.c.collaboration == COLLABORATIONS.c.id)
    return (
        select(COLLABORATIONS, PARTIES.c.firm.label("with_firm"))
        .join(PARTIES, same)
        .where(
            as_of(COLLABORATIONS, reading.position),
            as_of(PARTIES, reading.position),
            COLLABORATIONS.c.id.in_(with_party(reading.position, firm)),
            COLLABORATIONS.c.proposed_by == firm,
            COLLABORATIONS.c.state.in_(RUNNING),
            COLLABORATIONS.c.kind.in_({item["kind"] for item in items}),
            PARTIES.c.firm.in_({UUID(item["proposed_by"]) for item in items}),
        )
        .order_by(COLLABORATIONS.c.since_position.desc())
        .limit(MOST)
    )


def _entry(row: Mapping[str, Any], firms: frozenset[UUID]) -> Entry:
    documents = {one["sha256"] for one in row["evidence"]} | ({row["document"]} - {None})
    return Entry(
        row["kind"],
        UUID(str(row["proposed_by"])),
        firms,
        frozenset(documents),
        _days(row),
        row["terms"].get("order_reference"),
    )


def _days(row: Mapping[str, Any]) -> tuple[date, date] | None:
    """Return the period of the work, or the one day that is stated of it."""
    period = row["terms"].get("period")
    if period is not None:
        return date.fromisoformat(period["from"]), date.fromisoformat(period["to"])
    day = row["terms"].get("on") or row["completed_on"]
    return (date.fromisoformat(str(day)),) * 2 if day else None
