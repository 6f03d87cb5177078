"""Users: who may sign in for the firm, the bank or the office; inviting them, and closing their accounts."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.application import accounts as commands
from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import NAMES
from ledger.dashboards.own import decides, faults_of
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.settings import tabs
from ledger.dashboards.standing import standing
from ledger.dashboards.words import language
from ledger.domain.account import Person, positions
from ledger.domain.actor import Position, Role
from ledger.domain.errors import AddressTaken, Fault, Invalid, InvalidRequest, StateConflict
from ledger.projections.accounts import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import AccountBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.wrappers import Response as Answer

bp = pages("settings_users")
MOST = 50
FIELDS = ("name", "email", "language", "position")
POSITIONS = {"owner": _("Owner"), "clerk": _("Clerk"), "member": _("Member")}
STATES = {"active": _("Signs in"), "invited": _("Invited"), "closed": _("Closed")}
RIGHT = {
    "name": _("First name and surname, in one line."),
    "email": _("An e-mail address such as office@example.org that has no account here yet."),
}


@page(bp, "/settings/users", *Role)
def users() -> Page:
    """Show who may sign in here, the latest invitation first."""
    return _page({}, {})


@action(bp, "/settings/users", *Role)
def invite() -> Page:
    """Invite a person to act for whom the reader acts for; the link stands on this page alone."""
    actor, typed = viewer().actor, {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        body = load(AccountBody(), {**typed, "role": actor.role.value, "subject": _subject()})
        person = Person(name=body["name"], email=body["email"], language=body["language"])
        token, _receipt = _invited(person, Position(body["position"]))
    except Invalid as error:
        return _page(typed, faults_of(error, RIGHT))
    return _link(token, typed["name"])


@action(bp, "/settings/users/<uuid:account>/invitation", *Role)
def renew(account: UUID) -> Page:
    """Make a new link for somebody who has lost theirs, or the password."""
    token, _receipt = commands.renew_invitation(house().ledger, viewer().actor, account)
    return _link(token, "")


@page(bp, "/settings/users/<uuid:account>/close", *Role)
def leave(account: UUID) -> Page:
    """Say what closing an account does, and ask once more."""
    with opened("accounts") as reading:
        data = {"user": queries.one(reading, viewer().actor, account)}
        return Page("user_close.html", data, standing(reading), more={"tabs": tabs()})


@action(bp, "/settings/users/<uuid:account>/close", *Role)
def close(account: UUID) -> Answer:
    """Close an account and end its sessions; one that is closed already stays so."""
    with suppress(StateConflict):
        commands.close(house().ledger, viewer().actor, account)
    house().sessions.end_all(account)
    return redirect(url_for("settings_users.users", done="closed"), 303)


def _invited(person: Person, position: Position) -> tuple[str, object]:
    actor = viewer().actor
    try:
        return commands.invite(house().ledger, actor, actor.role, actor.named_by, person, position)
    except AddressTaken as error:
        raise InvalidRequest(error.detail, faults=[Fault("/email", error.detail)]) from error


def _subject() -> str | None:
    subject = viewer().actor.subject
    return None if subject is None else str(subject)


def _link(token: str, name: str) -> Page:
    address = f"{house().settings.public_url}/invitation/{token}"
    return Page("user_invited.html", {"name": name}, more={"tabs": tabs(), "address": address})


def _page(typed: dict[str, str], faults: dict[str, str]) -> Page:
    actor = viewer().actor
    with opened("accounts") as reading:
        cursor = request.args.get("cursor")
        found = queries.page(reading, actor, limit=MOST, cursor=cursor, subject=actor.subject)
        more = {
            "tabs": tabs(),
            "typed": typed or {"language": language()},
            "faults": faults,
            "decides": decides() or actor.role is not Role.FIRM,
            "own_positions": [(one.value, POSITIONS[one.value]) for one in positions(actor.role)],
            "positions": POSITIONS,
            "states": STATES,
            "spoken": list(NAMES.items()),
            "done": _("The account is closed.") if request.args.get("done") else "",
        }
        data = {"users": found.items, "next": found.next}
        return Page("users.html", data, standing(reading), more=more, status=422 if faults else 200)
