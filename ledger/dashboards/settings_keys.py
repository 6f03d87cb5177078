"""API keys: which there are, a new one whose secret is shown this once, rotating one, and closing one for good."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.application import keys as commands
from ledger.dashboards.blueprint import pages
from ledger.dashboards.own import decides, faults_of
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.settings import tabs
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid, StateConflict
from ledger.projections.keys import queries
from ledger.web.house import house
from ledger.web.key_uses import with_last_use
from ledger.web.schemas.bodies import KeyBody, RotationBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from werkzeug.wrappers import Response as Answer

bp = pages("settings_keys")
MOST = 50
END_OF_DAY = "T23:59:59Z"
ROLES = {
    "firm": _("Firm"),
    "bank": _("Bank"),
    "coordinator": _("Network office"),
    "operator": _("Operator"),
}
STATES = {"open": _("Opens"), "expired": _("Expired"), "revoked": _("Revoked")}
SCOPES = {
    "read": _("Read"),
    "record": _("Record joint work"),
    "consents": _("Give consents"),
    "referrals": _("Ask for referrals"),
    "administration": _("Administer keys, users and webhooks"),
}
GRACES = (("0", _("At once")), ("24", _("After one day")), ("168", _("After seven days")))
RIGHT = {
    "label": _("Up to 200 characters that say which program uses the key."),
    "expires_at": _("Choose a day from today on, or leave it empty."),
}


@page(bp, "/settings/keys", *Role)
def keys() -> Page:
    """Show the keys that the reader may see, the newest first."""
    return _page({}, {})


@action(bp, "/settings/keys", *Role)
def issue() -> Page:
    """Issue a key to whomever the reader acts for; its secret stands on this page alone."""
    actor = viewer().actor
    typed: dict[str, Any] = {name: request.form.get(name, "").strip() for name in ("label", "expires_at")}
    typed["scopes"] = request.form.getlist("scopes")
    try:
        body = load(KeyBody(), _body(typed))
        body.pop("role")
        secret, _receipt = commands.issue(house().ledger, actor, actor.role, actor.named_by, **body)
    except Invalid as error:
        return _page(typed, faults_of(error, RIGHT))
    return _issued(typed["label"], secret)


@page(bp, "/settings/keys/<uuid:key>/rotation", *Role)
def renew(key: UUID) -> Page:
    """Say what rotating does, and ask when the old key is to close."""
    with opened("keys") as reading:
        data = {"key": _shown(queries.one(reading, viewer().actor, key), reading.time)}
        return Page("key_rotate.html", data, standing(reading), more={"tabs": tabs(), "graces": GRACES})


@action(bp, "/settings/keys/<uuid:key>/rotation", *Role)
def rotate(key: UUID) -> Page:
    """Put a new key in the place of one; its secret stands on this page alone."""
    with opened("keys") as reading:
        label = queries.one(reading, viewer().actor, key)["label"]
    hours = request.form.get("grace_hours", "")
    body = load(RotationBody(), {"grace_hours": int(hours) if hours.isdecimal() else hours})
    grace = timedelta(hours=body["grace_hours"])
    return _issued(label, commands.rotate(house().ledger, viewer().actor, key, grace=grace)[0])


@page(bp, "/settings/keys/<uuid:key>/revoke", *Role)
def close(key: UUID) -> Page:
    """Say what revoking does, and ask once more."""
    with opened("keys") as reading:
        data = {"key": _shown(queries.one(reading, viewer().actor, key), reading.time)}
        return Page("key_revoke.html", data, standing(reading), more={"tabs": tabs()})


@action(bp, "/settings/keys/<uuid:key>/revoke", *Role)
def revoke(key: UUID) -> Answer:
    """Close a key for good; one that is closed already stays so."""
    with suppress(StateConflict):
        commands.revoke(house().ledger, viewer().actor, key)
    return redirect(url_for("settings_keys.keys", done="revoked"), 303)


def _issued(label: str | None, secret: str) -> Page:
    return Page("key_issued.html", {"label": label}, more={"tabs": tabs(), "secret": secret})


def _page(typed: dict[str, Any], faults: dict[str, str]) -> Page:
    with opened("keys") as reading:
        found = queries.page(reading, viewer().actor, limit=MOST, cursor=request.args.get("cursor"))
        data = {
            "keys": [_shown(one, reading.time) for one in with_last_use(found.items, request.args)],
            "next": found.next,
        }
        more = {
            "tabs": tabs(),
            "typed": typed,
            "faults": faults,
            "decides": decides() or viewer().actor.role is not Role.FIRM,
            "roles": ROLES,
            "states": STATES,
            "scopes": SCOPES,
            "done": _("The key is revoked. It opens nothing any more.") if request.args.get("done") else "",
        }
        return Page("keys.html", data, standing(reading), more=more, status=422 if faults else 200)


def _body(typed: dict[str, Any]) -> dict[str, Any]:
    """Return what the form says as the interface for programs takes it, without the holder: that is the reader."""
    ends = f"{typed['expires_at']}{END_OF_DAY}" if typed["expires_at"] else None
    said = {"label": typed["label"] or None, "scopes": typed["scopes"] or None}
    return {"role": viewer().actor.role.value, "expires_at": ends, **said}


def _shown(key: dict[str, Any], now: datetime) -> dict[str, Any]:
    ended = key["expires_at"] is not None and key["expires_at"] <= now.isoformat()
    return {**key, "state": "revoked" if key["revoked_at"] else "expired" if ended else "open"}
