"""From foundings and registrations to rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.bank import Bank
from ledger.domain.network import Network
from ledger.projections.networks.tables import BANKS, METADATA, NETWORKS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection


def founded(connection: Connection, recorded: Recorded) -> None:
    """Add a network."""
    event = recorded.event
    own = {"name": event.name, "office": event.office, "founded_at": recorded.recorded_at}
    connection.execute(NETWORKS.insert().values(**_place(recorded), **own))


def registered(connection: Connection, recorded: Recorded) -> None:
    """Add a bank."""
    event = recorded.event
    own = {name: getattr(event, name) for name in ("name", "country", "bic", "lei")}
    connection.execute(BANKS.insert().values(**_place(recorded), **own, registered_at=recorded.recorded_at))


def _place(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    return {"id": event.originator_id, "version": event.originator_version, "position": recorded.position}


HANDLERS: dict[type, Handler] = {Network.Founded: founded, Bank.Registered: registered}

PROJECTION = Projection("networks", VERSION, METADATA, HANDLERS)
