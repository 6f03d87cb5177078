"""The events themselves, as a reader of the history is shown them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.collaboration import Collaboration
from ledger.domain.event import FirstFact
from ledger.projections.collaborations.tables import EVENTS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add
from ledger.subscriptions.plain import plain

# Told beside the data, or of no use to a reader.
ENVELOPE = {*FirstFact.__dataclass_fields__, "digest"}


def note(connection: Connection, recorded: Recorded) -> None:
    """Add an event, when it is one of a collaboration."""
    event = recorded.event
    if not isinstance(event, Collaboration.Event):
        return
    row = {
        "network_id": event.network_id,
        "collaboration": event.originator_id,
        "position": recorded.position,
        "version": event.originator_version,
        "type": event.TOPIC,
        "recorded_at": recorded.recorded_at,
        "happened_on": event.happened_on,
        "actor": event.actor,
        "by": getattr(event, "by", None) or getattr(event, "proposed_by", None),
        "data": _data(event),
    }
    add(connection, EVENTS, row)


def _data(event: Collaboration.Event) -> dict[str, Any]:
    return {name: plain(value) for name, value in vars(event).items() if name not in ENVELOPE}
