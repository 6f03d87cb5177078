"""Tells open pages that something new has happened; what it is they fetch again as they show it."""

from __future__ import annotations

from flask import Response

from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.page import page
from ledger.domain.actor import Role
from ledger.web.house import house
from ledger.web.refusal import Refusal
from ledger.web.streams import live, streamed

bp = pages("live")
HEARTBEAT = 2.0  # seconds; whoever turns pages leaves a stream behind with each


@page(bp, "/live", *Role, json=False)
def stream() -> Response:
    """Send the position of each event that the reader may see, until they sign out or the time of a stream is over."""
    head, who = house().store.head(), sessions.still_in()
    try:
        return streamed(live().stream(who, head, lambda event: event["id"], named=False, heartbeat=HEARTBEAT))
    except Refusal:  # no room for another stream: the page asks again later, and its reader reloads meanwhile
        return Response(status=204)
