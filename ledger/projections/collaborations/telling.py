"""Single events of many collaborations, each as the list of its collaboration's events shows it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, false, select

from ledger.domain.actor import Actor, Role
from ledger.projections.collaborations.listing import to_be_seen
from ledger.projections.collaborations.sealing import shown_assessments
from ledger.projections.collaborations.steps import Data, shape, unsealed
from ledger.projections.collaborations.tables import COLLABORATIONS, EVENTS, PARTIES
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def told(reading: Reading, viewer: Actor, places: Mapping[int, UUID]) -> dict[int, Data]:
    """Return the events at these positions of these collaborations, those left out that the viewer may not see.

    A bank is told of none: what it reads of joint work it reads as a look at a firm, which is recorded.
    """
    seen = _seen(reading, viewer, set(places.values()))
    since = _confirmed(reading, set(seen))
    read = {id_: shown_assessments(row, since[id_], viewer, reading.time) for id_, row in seen.items()}
    query = select(EVENTS).where(
        EVENTS.c.network_id.in_({row["network_id"] for row in seen.values()}),
        EVENTS.c.collaboration.in_(seen),
        EVENTS.c.position.in_(places),
    )
    rows = reading.connection.execute(query).mappings()
    return {row["position"]: unsealed(shape(row, viewer), read[row["collaboration"]]) for row in rows}


def _seen(reading: Reading, viewer: Actor, ids: set[UUID]) -> dict[UUID, RowMapping]:
    query = to_be_seen(reading, viewer).where(COLLABORATIONS.c.id.in_(ids))
    if viewer.role is Role.BANK:
        query = query.where(false())
    return {row["id"]: row for row in reading.connection.execute(query).mappings()}


def _confirmed(reading: Reading, ids: set[UUID]) -> Mapping[UUID, Mapping[str, datetime | None]]:
    """Return since when each counts for each of its parties."""
    query = select(PARTIES.c.collaboration, PARTIES.c.firm, PARTIES.c.confirmed_at)
    found: dict[UUID, dict[str, datetime | None]] = defaultdict(dict)
    for row in reading.connection.execute(
        query.where(PARTIES.c.collaboration.in_(ids), as_of(PARTIES, reading.position))
    ):
        found[row.collaboration][str(row.firm)] = row.confirmed_at
    return found
