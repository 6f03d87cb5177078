"""Which events a coordinator wants to hear of: one row each, without any words that a firm wrote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.projections.activity.tables import FEED, FEED_FIRMS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add
from ledger.subscriptions.plain import plain

RECORDED, CONFIRMED, DISPUTED, SETTLED = "recorded", "confirmed", "disputed", "settled"
ADMITTED, VERIFIED = "admitted", "verified"
WHAT = (RECORDED, CONFIRMED, DISPUTED, SETTLED, ADMITTED, VERIFIED)


def tell(
    connection: Connection, recorded: Recorded, what: str, firms: Sequence[Mapping[str, Any]], **rest: Any
) -> None:
    """Add an event about these firms, each with its role where it has one."""
    event = recorded.event
    place = {"network_id": event.network_id, "position": recorded.position}
    nothing: dict[str, Any] = {"kind": None, "collaboration": None, "by": None, "outcome": None}
    told = {
        "what": what,
        "firms": plain(firms),
        "happened_on": event.happened_on,
        "recorded_at": recorded.recorded_at,
        "year": recorded.recorded_at.astimezone(UTC).year,
    }
    add(connection, FEED, {**place, **nothing, **rest, **told})
    add(connection, FEED_FIRMS, *({**place, "firm": UUID(str(one["firm"]))} for one in firms))
