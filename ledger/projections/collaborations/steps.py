"""The events of one collaboration, without what the viewer may not read in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, or_, select

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Collaboration
from ledger.projections.collaborations.masking import known_parties, masked, parties_of, shown_actor
from ledger.projections.collaborations.sealing import shown_assessments
from ledger.projections.collaborations.shapes import among
from ledger.projections.collaborations.tables import EVENTS, PARTIES
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Data = dict[str, Any]

# Free text between the firms.
WORDS = {"reason", "statement", "note"}
# What was proposed and perhaps never agreed; what was agreed stands in the confirmation.
PROPOSALS = {Collaboration.Proposed.TOPIC, Collaboration.Amended.TOPIC}
PROPOSED = {"title", "terms", "parties"}


def steps(reading: Reading, viewer: Actor, collaboration: RowMapping, *, limit: int, cursor: str | None) -> Page:
    """Return a page of events; a bank is not told what those did who have not agreed."""
    query = select(EVENTS).where(
        EVENTS.c.network_id == collaboration["network_id"],
        EVENTS.c.collaboration == collaboration["id"],
        EVENTS.c.position <= reading.position,
    )
    confirmed = _confirmed(reading, collaboration)
    firms = [firm for firm, since in confirmed.items() if since is not None]
    if viewer.role is Role.BANK:
        query = query.where(or_(EVENTS.c.by.is_(None), EVENTS.c.by.in_(firms)))
    rows, after = fetch(reading.connection, query, (EVENTS.c.position,), limit=limit, cursor=cursor)
    since = {str(firm): at for firm, at in confirmed.items()}
    assessments = shown_assessments(collaboration, since, viewer, reading.time)
    items = [unsealed(shape(row, viewer), assessments) for row in rows]
    if viewer.role is Role.BANK:
        _, aliases = known_parties(reading, viewer, parties_of(reading, [collaboration["id"]]))
        known = {str(firm) for firm in firms}
        items = [masked(_for_bank(item, known), aliases[collaboration["id"]]) for item in items]
    return Page(items, after)


def _confirmed(reading: Reading, collaboration: RowMapping) -> dict[UUID, datetime | None]:
    """Return since when it counts for each party."""
    of_it = (PARTIES.c.collaboration == collaboration["id"], as_of(PARTIES, reading.position))
    rows = reading.connection.execute(select(PARTIES.c.firm, PARTIES.c.confirmed_at).where(*of_it))
    return {row.firm: row.confirmed_at for row in rows}


def shape(row: RowMapping, viewer: Actor) -> Data:
    """Return an event's row as JSON, with all that it says."""
    names = ("position", "version", "type", "recorded_at", "happened_on", "data")
    firm = None if row["type"] == Collaboration.Confirmed.TOPIC else row["by"]
    return {**{name: plain(row[name]) for name in names}, "actor": shown_actor(row["actor"], viewer, firm)}


def unsealed(item: Data, assessments: list[Data]) -> Data:
    """Replace every assessment in the event by what the viewer may read of it."""
    readable = {(one["by"], one["about"]): one for one in assessments}
    data = dict(item["data"])
    if "assessments" in data:
        data["assessments"] = [readable[one["by"], one["about"]] for one in data["assessments"]]
    if "assessment" in data:
        data["assessment"] = readable[data["assessment"]["by"], data["assessment"]["about"]]
    return {**item, "data": data}


def _for_bank(item: Data, firms: set[str]) -> Data:
    hidden = WORDS | (PROPOSED if item["type"] in PROPOSALS else set())
    data = {name: value for name, value in item["data"].items() if name not in hidden}
    if "terms" in data:
        data["terms"] = among(firms, data["terms"])
    return {**item, "data": data}
