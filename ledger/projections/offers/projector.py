"""From offers made and withdrawn to rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.offer import Offer
from ledger.projections.offers.tables import METADATA, OFFERS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise
from ledger.subscriptions.versioning import supersede

SAID = ("firm", "direction", "resource", "what", "hours", "begins", "ends", "note")


def offered(connection: Connection, recorded: Recorded) -> None:
    """Add an offer."""
    event = recorded.event
    own = {name: getattr(event, name) for name in SAID}
    values = {**own, "offered_at": recorded.recorded_at, "withdrawn_at": None, "version": event.originator_version}
    supersede(connection, OFFERS, _key(recorded), recorded.position, recorded.recorded_at, values)


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """Take it off the board."""
    changes = {"withdrawn_at": recorded.recorded_at, "version": recorded.event.originator_version}
    revise(connection, OFFERS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take what the firm wrote out of its offers."""
    event = recorded.event
    its = (OFFERS.c.network_id == event.network_id, OFFERS.c.firm == event.originator_id)
    connection.execute(OFFERS.update().where(*its).values(what=ERASED))
    connection.execute(OFFERS.update().where(*its, OFFERS.c.note.is_not(None)).values(note=ERASED))


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


HANDLERS: dict[type, Handler] = {Offer.Offered: offered, Offer.Withdrawn: withdrawn, Firm.Erased: erased}

PROJECTION = Projection("offers", VERSION, METADATA, HANDLERS)
