"""Webhooks: where events are sent, a new one whose secret is shown this once, what was sent, and ending one."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.application import webhooks as commands
from ledger.dashboards.blueprint import pages
from ledger.dashboards.own import decides, faults_of
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.settings import tabs
from ledger.dashboards.settings_keys import ROLES
from ledger.dashboards.standing import standing
from ledger.dashboards.webhook_words import OUTCOMES, STATES, types_for
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid, NotFound, StateConflict
from ledger.web import webhooks as shown
from ledger.web.house import house
from ledger.web.schemas.bodies import WebhookBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.wrappers import Response as Answer

bp = pages("settings_webhooks")
MOST = 50
RIGHT = {
    "url": _("An address on the internet that begins with https://, without a name or a password in it."),
    "types": _("Choose among the events that are listed here."),
}
FULL = _("There are 20 webhooks already. Remove one first.")
DONE = {
    "removed": _("The webhook is removed. Nothing more is sent there."),
    "again": _("The event will be sent once more within seconds."),
}


@page(bp, "/settings/webhooks", *Role)
def webhooks() -> Page:
    """Show the webhooks, the newest first."""
    return _page({"url": "", "types": []}, {})


@action(bp, "/settings/webhooks", *Role)
def add() -> Page:
    """Have events sent to an address; the secret that signs them stands on this page alone."""
    typed: dict[str, Any] = {"url": request.form.get("url", "").strip(), "types": request.form.getlist("types")}
    try:
        body = load(WebhookBody(), typed)
        secret, _receipt = shown.register(viewer().actor, body["url"], body["types"])
    except Invalid as error:
        return _page(typed, faults_of(error, RIGHT))
    except StateConflict:
        return _page(typed, {"url": str(FULL)})
    return Page("webhook_added.html", {"url": typed["url"]}, more={"tabs": tabs(), "secret": secret})


@page(bp, "/settings/webhooks/<uuid:webhook>", *Role)
def one(webhook: UUID) -> Page:
    """Show how it goes with a webhook, and what was sent to it."""
    _owners_only()
    actor = viewer().actor
    with opened("webhooks") as reading:
        found = shown.deliveries(reading, actor, webhook, limit=MOST, cursor=request.args.get("cursor"))
        data = {"webhook": shown.one(reading, actor, webhook), "deliveries": found.items, "next": found.next}
        more = {"tabs": tabs(), "states": STATES, "outcomes": OUTCOMES, "done": _done()}
        return Page("webhook.html", data, standing(reading), more=more)


@action(bp, "/settings/webhooks/<uuid:webhook>/deliveries/<int:number>", *Role)
def again(webhook: UUID, number: int) -> Answer:
    """Ask for the event of a delivery to be sent once more."""
    shown.ask_again(viewer().actor, webhook, number)
    return redirect(url_for("settings_webhooks.one", webhook=webhook, done="again"), 303)


@page(bp, "/settings/webhooks/<uuid:webhook>/remove", *Role)
def leave(webhook: UUID) -> Page:
    """Say what removing does, and ask once more."""
    _owners_only()
    with opened("webhooks") as reading:
        data = {"webhook": shown.one(reading, viewer().actor, webhook)}
        return Page("webhook_remove.html", data, standing(reading), more={"tabs": tabs()})


@action(bp, "/settings/webhooks/<uuid:webhook>/remove", *Role)
def remove(webhook: UUID) -> Answer:
    """Send nothing more; one that is removed already stays so."""
    with suppress(StateConflict):
        commands.remove(house().ledger, viewer().actor, webhook)
    return redirect(url_for("settings_webhooks.webhooks", done="removed"), 303)


def _page(typed: dict[str, Any], faults: dict[str, str]) -> Page:
    actor, may = viewer().actor, _may()
    with opened("webhooks") as reading:
        data: dict[str, Any] = {"webhooks": [], "next": None}
        if may:
            found = shown.page(reading, actor, limit=MOST, cursor=request.args.get("cursor"))
            data = {"webhooks": found.items, "next": found.next}
        more = {
            "tabs": tabs(),
            "typed": typed,
            "faults": faults,
            "decides": may,
            "of_all": actor.role is Role.OPERATOR,
            "roles": ROLES,
            "states": STATES,
            "types": types_for(actor.role),
            "done": _done(),
        }
        return Page("webhooks.html", data, standing(reading), more=more, status=422 if faults else 200)


def _may() -> bool:
    """Tell whether the reader sees webhooks: an address may hold what opens it, so a clerk does not."""
    return decides() or viewer().actor.role is not Role.FIRM


def _owners_only() -> None:
    if not _may():
        raise NotFound("There is no such webhook.")


def _done() -> str:
    return str(DONE.get(request.args.get("done", ""), ""))
