"""Tells open pages that something new has happened; what it is they fetch again as they show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.page import page
from ledger.domain.actor import Role
from ledger.web.house import house
from ledger.web.streams import live, streamed

if TYPE_CHECKING:
    from flask import Response

bp = pages("live")


@page(bp, "/live", *Role, json=False)
def stream() -> Response:
    """Send the position of each event that the reader may see, until they sign out or the time of a stream is over."""
    return streamed(live().stream(sessions.still_in(), house().store.head(), lambda event: event["id"], named=False))
