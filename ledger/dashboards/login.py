"""Signing in and out, by password or at an issuer of OpenID Connect."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import abort, redirect, request, url_for
from flask_babel import gettext as _

from ledger.application import accounts
from ledger.dashboards import sessions, words
from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import render
from ledger.domain.errors import SignInRefused, TooManyAttempts
from ledger.web.house import house
from ledger.web.refusal import status_of

if TYPE_CHECKING:
    from flask import Response
    from werkzeug.wrappers import Response as Answer

    from ledger.domain.account import Account
    from ledger.sessions.issuer import Issuer

bp = pages("login")
OURS = re.compile(r"/(?![/\\])[!-~]{0,2000}", re.ASCII)  # an address of this service, and of no other
HANDSHAKE = 600  # seconds between leaving for the issuer and coming back
LONGEST_EMAIL = 300


@bp.get("/login")
def form() -> Answer:
    """Show the form, also to who is signed in and wants to be somebody else."""
    return _shown({}, request.args.get("email", ""))


@bp.post("/login")
def enter() -> Answer:
    """Begin a session."""
    sessions.check_csrf()
    email, password = request.form.get("email", "")[:LONGEST_EMAIL], request.form.get("password", "")
    if not email.strip() or not password:
        return _shown({"email": _("Give your e-mail address and your password.")}, email, 422)
    try:
        account = house().sign_in(email, password, request.remote_addr or "")
    except SignInRefused as error:
        said = _("E-mail address and password do not fit. Who has lost the password asks for a new invitation.")
        return _shown({"email": said}, email, status_of(error))
    except TooManyAttempts as error:
        said = _("Too many attempts have failed. Try again in %(minutes)s minutes.", minutes=-(-error.seconds // 60))
        answer = _shown({"email": said}, email, status_of(error))
        answer.headers["Retry-After"] = str(error.seconds)
        return answer
    return entered(account)


@bp.post("/logout")
def leave() -> Answer:
    """End the session."""
    sessions.check_csrf()
    sessions.end()
    return redirect(url_for("login.form"), 303)


@bp.get("/login/oidc")
def away() -> Answer:
    """Send the reader to the issuer, with a secret to come back with."""
    from ledger.sessions.issuer import new_secret

    secret = new_secret()
    where = _issuer().begin(secret, _back())
    sessions.keep(sessions.cookie("handshake"), secret, HANDSHAKE)
    return redirect(where, 303)


@bp.get("/login/oidc/callback")
def back() -> Answer:
    """Begin a session for who comes back from the issuer."""
    issuer, secret = _issuer(), request.cookies.get(sessions.cookie("handshake"), "")
    sessions.keep(sessions.cookie("handshake"), "", 0)
    try:
        found = issuer.finish(secret, _back(), request.args)
        account = accounts.sign_in_by_issuer(house().ledger, found.issuer, found.subject, found.verified_email)
    except SignInRefused as error:
        said = _("The sign-in was not completed, or nobody here is invited under that address.")
        return _shown({"email": said}, "", status_of(error))
    return entered(account)


def entered(account: Account) -> Answer:
    """Begin a session, in the person's language where the reader has not chosen one, and lead on."""
    sessions.begin(account)
    if words.COOKIE not in request.cookies:
        sessions.keep(words.COOKIE, account.person["language"], words.YEAR)
    return redirect(_wanted(), 303)


def _shown(faults: dict[str, str], email: str, status: int = 200) -> Response:
    by_issuer = house().issuer is not None
    return render("login.html", status, faults=faults, email=email, by_issuer=by_issuer, to=request.args.get("to"))


def _wanted() -> str:
    """Return the page that the reader was on the way to."""
    to = request.args.get("to", "")
    return to if OURS.fullmatch(to) else url_for("home.home")


def _issuer() -> Issuer:
    issuer = house().issuer
    if issuer is None:
        abort(404)
    return issuer


def _back() -> str:
    return f"{house().settings.public_url}{url_for('login.back')}"
