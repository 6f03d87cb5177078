"""From foundings, handings over and registrations to rows."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.bank import Bank
from ledger.domain.network import Network
from ledger.projections.networks.tables import BANKS, METADATA, NETWORKS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise, standing
from ledger.subscriptions.versioning import supersede


def founded(connection: Connection, recorded: Recorded) -> None:
    """Add a network."""
    event, at = recorded.event, recorded.recorded_at
    values = {
        "name": event.name,
        "office": event.office,
        "offices": [_office(recorded, event.originator_id)],
        "founded_at": at,
        "version": event.originator_version,
    }
    supersede(connection, NETWORKS, {"id": event.originator_id}, recorded.position, at, values)


def handed_over(connection: Connection, recorded: Recorded) -> None:
    """Add the office to those of the network, as the present one."""
    event, key = recorded.event, {"id": recorded.event.originator_id}
    row = standing(connection, NETWORKS, key)
    offices = [*row["offices"], _office(recorded, event.office_id)]
    changes = {"office": event.office, "offices": offices, "version": event.originator_version}
    revise(connection, NETWORKS, key, recorded.position, recorded.recorded_at, changes, row=row)


def registered(connection: Connection, recorded: Recorded) -> None:
    """Add a bank."""
    event = recorded.event
    own = {name: getattr(event, name) for name in ("name", "country", "bic", "lei")}
    connection.execute(BANKS.insert().values(**_place(recorded), **own, registered_at=recorded.recorded_at))


def _office(recorded: Recorded, id_: UUID) -> dict[str, Any]:
    return {"id": str(id_), "name": recorded.event.office, "since": plain(recorded.recorded_at)}


def _place(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    return {"id": event.originator_id, "version": event.originator_version, "position": recorded.position}


HANDLERS: dict[type, Handler] = {Network.Founded: founded, Network.HandedOver: handed_over, Bank.Registered: registered}

PROJECTION = Projection("networks", VERSION, METADATA, HANDLERS)
