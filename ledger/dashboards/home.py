"""The way in: everybody comes to the page they most likely want."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for

from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.navigation import entries

if TYPE_CHECKING:
    from werkzeug.wrappers import Response

bp = pages("home")


@bp.get("/")
def home() -> Response:
    """Lead a signed-in reader to the first page of their navigation, everybody else to signing in."""
    session = sessions.current()
    first = entries(session.actor.role)[:1] if session else ()
    return redirect(url_for(first[0].endpoint if first else "login.form"), 303)
