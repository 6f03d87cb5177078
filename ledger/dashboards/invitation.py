"""Taking up an invitation: who is invited for whom, and the password that the person chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request
from flask_babel import gettext as _

from ledger.application import accounts
from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render
from ledger.dashboards.login import entered
from ledger.dashboards.names import names
from ledger.domain.errors import NotFound, StateConflict, VersionConflict, WeakPassword
from ledger.web.house import house

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from ledger.domain.account import Account

bp = pages("invitation")


@bp.get("/invitation/<token>")
def form(token: str) -> Response:
    """Show who is invited, and ask for a password."""
    return _shown(_invited(token), {})


@bp.post("/invitation/<token>")
def take_up(token: str) -> Answer:
    """Set the password and begin a session."""
    sessions.check_csrf()
    account = _invited(token)
    if account is None:
        return _shown(None, {})
    password, again = request.form.get("password", ""), request.form.get("again", "")
    if password != again:
        return _shown(account, {"again": _("The two passwords differ.")}, 422)
    try:
        return entered(accounts.activate(house().ledger, token, password))
    except WeakPassword:
        said = _("This password is too short, too uniform, easily guessed, or holds your name. Take another one.")
        return _shown(account, {"password": said}, 422)
    except (StateConflict, VersionConflict, NotFound):  # the same link was used at the same moment
        return _shown(None, {})


def _invited(token: str) -> Account | None:
    try:
        return accounts.invited(house().ledger, token)
    except NotFound:
        return None


def _shown(account: Account | None, faults: dict[str, str], status: int = 200) -> Response:
    if account is None:
        return render("invitation.html", 404, person=None, faults={})
    subject, network = names(account.actor)
    return render(
        "invitation.html",
        status,
        person=account.person,
        position=account.position.value,
        acts_for=subject or network,
        faults=faults,
    )
