"""The firms of a network: where they sit, what they do, how many people they employ."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.sectors import DIVISION
from ledger.projections.activity import feed
from ledger.projections.activity.months import NEVER, month_of
from ledger.projections.activity.sums import change, move, note
from ledger.projections.activity.tables import FIRMS, HEADCOUNTS, MEMBERS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add
from ledger.subscriptions.revising import revise, standing
from ledger.subscriptions.versioning import supersede

UNKNOWN = ""  # the sector of a firm that has told none


def admitted(connection: Connection, recorded: Recorded) -> None:
    """Add a member that has no partner yet."""
    key, place = _key(recorded), _place(recorded.event.trade)
    row = {**place, "admitted": month_of(recorded.event.happened_on)}
    supersede(connection, FIRMS, key, recorded.position, recorded.recorded_at, row)
    fresh = {**key, **row, "partners": 0, "last": NEVER, "quiet": row["admitted"]}
    add(connection, MEMBERS, fresh)
    note(connection, recorded.event.network_id, recorded.position)
    feed.tell(connection, recorded, feed.ADMITTED, [{"firm": recorded.event.originator_id}])


def updated(connection: Connection, recorded: Recorded) -> None:
    """Move the member to another sector or country; what it did before counts where it did it."""
    key, place = _key(recorded), _place(recorded.event.trade)
    before = standing(connection, FIRMS, key)
    if all(before[name] == value for name, value in place.items()):
        return
    revise(connection, FIRMS, key, recorded.position, recorded.recorded_at, place, row=before)
    move(connection, key["network_id"], key["firm"], dict(before), place)
    change(connection, key["network_id"], key["firm"], **place)
    note(connection, recorded.event.network_id, recorded.position)


def verified(connection: Connection, recorded: Recorded) -> None:
    """Tell of a verification."""
    feed.tell(connection, recorded, feed.VERIFIED, [{"firm": recorded.event.originator_id}])


def headcount_reported(connection: Connection, recorded: Recorded) -> None:
    """Put what the firm says of its staff in a year in place of what it said before."""
    event = recorded.event
    key = {**_key(recorded), "year": event.year}
    figures = {"employees": event.employees, "apprentices": event.apprentices}
    supersede(connection, HEADCOUNTS, key, recorded.position, recorded.recorded_at, figures)


def _place(trade: Any) -> dict[str, str]:
    return {"sector": (trade["nace"] or UNKNOWN)[:DIVISION], "country": trade["country"]}


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "firm": recorded.event.originator_id}
