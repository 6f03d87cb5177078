"""Settings: language, appearance and shortcuts of this browser, and the tabs that lead to everything else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import YEAR
from ledger.dashboards.page import Page, action, page, viewer
from ledger.domain.actor import Role

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("settings")
COOKIE, OFF = "shortcuts", "off"
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
    """Show language, appearance and whether single keys do something."""
    data = {"shortcuts": request.cookies.get(COOKIE) != OFF}
    return Page("settings.html", data, more={"tabs": tabs(), "done": _("Saved.") if "done" in request.args else ""})


@action(bp, "/settings/shortcuts", *Role)
def shortcuts() -> Answer:
    """Turn single-key shortcuts on or off in this browser."""
    answer = redirect(url_for("settings.look", done="shortcuts"), 303)
    if request.form.get("shortcuts") == "on":
        answer.delete_cookie(COOKIE)
    else:
        answer.set_cookie(COOKIE, OFF, max_age=YEAR, httponly=True, samesite="Lax", secure=request.is_secure)
    return answer
