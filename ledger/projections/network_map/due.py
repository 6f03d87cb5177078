"""When the map is to be drawn anew: when the events say so, and never by a clock."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection

from ledger.projections.network_map.tables import CHANGES, LATEST
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import put, row

FEWEST, PART = 10, 20  # pairs; a twentieth of them
BY_DAY = 500  # pairs up to which the map is drawn between two nights as well: it takes hundredths of a second


def due(connection: Connection, network: UUID, *, night: bool) -> bool:
    """Tell whether so many pairs have come or gone since the last snapshot; at night a single one is enough."""
    changes = row(connection, CHANGES, {"network_id": network})
    if changes is None or not changes["since_snapshot"]:
        return False
    pairs = changes["pairs"]
    return night or (pairs <= BY_DAY and changes["since_snapshot"] >= max(FEWEST, pairs // PART))


def note(connection: Connection, recorded: Recorded) -> None:
    """Note since when pairs and places are what they are."""
    put(connection, LATEST, {"network_id": recorded.event.network_id, "position": recorded.position})
