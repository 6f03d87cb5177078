"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, url_for

from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

bp = pages("login")


@bp.get("/login")
def form() -> Response:
    """Show the form."""
    return render("login.html")


@bp.post("/logout")
def leave() -> Answer:
    """End the session."""
    sessions.check_csrf()
    response = redirect(url_for("login.form"), 303)
    response.delete_cookie("session")
    return response
