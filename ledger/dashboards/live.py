"""Tells open pages that something new has happened; what it is they fetch again as they show it."""

from __future__ import annotations

from flask import Response

from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.page import page
from ledger.delivery.live import PULSE
from ledger.domain.actor import Role
from ledger.web.house import house
from ledger.web.refusal import Refusal
from ledger.web.streams import live, streamed

bp = pages("live")


@page(bp, "/live", *Role, json=False)
def stream() -> Response:
    """Send the position of each event that the reader may see, until they sign out or the time of a stream is over.

    Without room for another stream it answers 204: the browser complains of nothing, and the page asks again later.
    """
    reader, head = sessions.still_in(), house().store.head()
    try:
        return streamed(live().stream(reader, head, lambda event: event["id"], named=False, heartbeat=PULSE))
    except Refusal:
        return Response(status=204)
