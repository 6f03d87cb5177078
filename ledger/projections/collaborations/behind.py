"""The events that a firm's history rests on, by their positions alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, Table, select

from ledger.domain.actor import Actor
from ledger.domain.collaboration import Collaboration
from ledger.projections.collaborations.membership import agreed, of_firm
from ledger.projections.collaborations.sealing import shown_assessments
from ledger.projections.collaborations.tables import COLLABORATIONS, EVENTS, PARTIES
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

# What figures are taken from. Who accepted, and what was amended, is said once more by the confirmation.
GROUNDS = tuple(
    event.TOPIC
    for event in (
        *(Collaboration.Proposed, Collaboration.Confirmed, Collaboration.Completed, Collaboration.EvidenceAttached),
        *(Collaboration.Assessed, Collaboration.Disputed, Collaboration.Settled),
    )
)
AT_ONCE = 1000  # ids in one statement

Pair = tuple[str, str]


def positions_behind(reading: Reading, viewer: Actor, firm: UUID, further: Collection[UUID] = ()) -> set[int]:
    """Return where the events of the jobs lie that the firm agreed to, and of further ones; raise `NotFound`.

    An assessment that is still sealed counts nowhere, and is left out.
    """
    find_firm(reading, viewer, firm)
    own = of_firm(select(COLLABORATIONS.c.id), reading, firm).where(as_of(COLLABORATIONS, reading.position), agreed())
    wanted = sorted({*reading.connection.execute(own).scalars(), *further})
    slices = (wanted[first : first + AT_ONCE] for first in range(0, len(wanted), AT_ONCE))
    return {position for some in slices for position in _positions(reading, viewer, some)}


def _positions(reading: Reading, viewer: Actor, jobs: Collection[UUID]) -> Iterator[int]:
    sealed = _sealed(reading, viewer, jobs)
    columns = (EVENTS.c.position, EVENTS.c.collaboration, EVENTS.c.type, EVENTS.c.data)
    query = select(*columns).where(EVENTS.c.collaboration.in_(jobs), EVENTS.c.position <= reading.position)
    for row in reading.connection.execute(query.where(EVENTS.c.type.in_(GROUNDS))):
        given = row.data["assessment"] if row.type == Collaboration.Assessed.TOPIC else None
        if given is None or (given["by"], given["about"]) not in sealed[row.collaboration]:
            yield row.position


def _sealed(reading: Reading, viewer: Actor, jobs: Collection[UUID]) -> Mapping[UUID, set[Pair]]:
    """Return who has assessed whom without that being open yet."""
    confirmed: dict[UUID, dict[str, datetime | None]] = {job: {} for job in jobs}
    for row in _rows(reading, PARTIES, PARTIES.c.collaboration, jobs):
        confirmed[row["collaboration"]][str(row["firm"])] = row["confirmed_at"]
    found: dict[UUID, set[Pair]] = {job: set() for job in jobs}
    for row in _rows(reading, COLLABORATIONS, COLLABORATIONS.c.id, jobs):
        given = shown_assessments(row, confirmed[row["id"]], viewer, reading.time)
        found[row["id"]] = {(one["by"], one["about"]) for one in given if one["sealed"]}
    return found


def _rows(reading: Reading, table: Table, key: Any, jobs: Collection[UUID]) -> list[RowMapping]:
    query = select(table).where(key.in_(jobs), as_of(table, reading.position))
    return list(reading.connection.execute(query).mappings())
