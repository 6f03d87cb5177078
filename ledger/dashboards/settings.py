"""Settings: one's password, what this browser keeps, and the tabs that lead to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _

from ledger.application import accounts
from ledger.dashboards import sessions
from ledger.dashboards.blueprint import pages
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.words import YEAR
from ledger.domain.actor import Role
from ledger.domain.errors import SignInRefused, TooManyAttempts, WeakPassword
from ledger.web.house import house
from ledger.web.refusal import status_of

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("settings")
COOKIE, OFF = "shortcuts", "off"
DONE = {
    "shortcuts": _("Saved."),
    "password": _("The password is changed. You are signed out everywhere else."),
}
DIFFER = _("The two passwords differ.")
WEAK = _("This password is too short, too uniform, easily guessed, or holds your name. Take another one.")
# Who finds which tab: the endpoint, its words, its roles.
TABS = (
    ("settings.look", _("Language and appearance"), tuple(Role)),
    ("settings_profile.profile", _("Firm's profile"), (Role.FIRM,)),
    ("settings_users.users", _("Users"), tuple(Role)),
    ("settings_keys.keys", _("API keys"), tuple(Role)),
    ("settings_webhooks.webhooks", _("Webhooks"), tuple(Role)),
)


def tabs() -> list[tuple[str, str, None, bool]]:
    """Return the tabs of the reader's role, the present one marked."""
    role, blueprint = viewer().actor.role, request.blueprint
    return [
        (url_for(endpoint), str(words), None, endpoint.partition(".")[0] == blueprint)
        for endpoint, words, roles in TABS
        if role in roles
    ]


@page(bp, "/settings", *Role)
def look() -> Page:
    """Show one's password, language, appearance and whether single keys do something."""
    return _page({})


@action(bp, "/settings/password", *Role)
def password() -> Page | Answer:
    """Change one's own password: every session ends, and this browser gets a new one."""
    old, new, again = (request.form.get(name, "") for name in ("old", "password", "again"))
    if new != again:
        return _page({"again": str(DIFFER)})
    try:
        account = house().change_password(viewer().actor, old, new)
    except SignInRefused:
        return _page({"old": str(_("This is not your present password."))})
    except WeakPassword:
        return _page({"password": str(WEAK)})
    except TooManyAttempts as error:
        said = gettext(
            "Too many attempts have failed. Try again in %(minutes)s minutes.", minutes=-(-error.seconds // 60)
        )
        return _page({"old": said}, status_of(error))
    sessions.begin(account)
    return redirect(url_for("settings.look", done="password"), 303)


@action(bp, "/settings/shortcuts", *Role)
def shortcuts() -> Answer:
    """Turn single-key shortcuts on or off in this browser."""
    on = request.form.get("shortcuts") == "on"
    sessions.keep(COOKIE, "" if on else OFF, 0 if on else YEAR)
    return redirect(url_for("settings.look", done="shortcuts"), 303)


def _page(faults: dict[str, str], status: int = 422) -> Page:
    account = accounts.in_use(house().ledger, viewer().account)
    data = {"shortcuts": request.cookies.get(COOKIE) != OFF, "password": bool(account and account.password)}
    more = {"tabs": tabs(), "faults": faults, "done": DONE.get(request.args.get("done", ""), "")}
    return Page("settings.html", data, more=more, status=status if faults else 200)
