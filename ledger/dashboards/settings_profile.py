"""The firm's profile: what the firm itself says of itself, what the office has entered, and all that is held of it."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from flask import jsonify, redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.application import firms as commands
from ledger.application import personal_data
from ledger.dashboards.blueprint import pages
from ledger.dashboards.labels import COUNTRIES
from ledger.dashboards.own import faults_of, own_firm
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.settings import tabs
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid
from ledger.domain.retention import RETENTION
from ledger.projections.firms import queries as firms
from ledger.subscriptions.plain import plain
from ledger.web.house import house
from ledger.web.schemas.bodies import FirmPatch
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("settings_profile")
FIELDS = ("town", "nace", "capabilities")
RIGHT = {
    "town": _("One line of up to 100 characters."),
    "nace": _("Two digits, or with a dot and one or two more, such as 25.62."),
    "capabilities": _("One a line, up to 100 lines of up to 100 characters."),
}
REGISTERS = {
    "handelsregister": _("German commercial register"),
    "euid": "EUID",
    "vat": _("VAT number"),
    "cvr": "CVR",
    "lei": "LEI",
}


@page(bp, "/settings/profile", Role.FIRM)
def profile() -> Page:
    """Show the profile, with a form for what the firm itself may change."""
    return _page(None, {})


@action(bp, "/settings/profile", Role.FIRM)
def change() -> Page | Answer:
    """Change the profile, or show what is wrong with the form."""
    typed = {name: request.form.get(name, "") for name in FIELDS}
    try:
        body = load(FirmPatch(), _body(typed))
        body["capabilities"] = tuple(body["capabilities"])
        commands.update(house().ledger, viewer().actor, own_firm(), body)
    except Invalid as error:
        return _page(typed, faults_of(error, RIGHT))
    return redirect(url_for("settings_profile.profile", done="saved"), 303)


@page(bp, "/settings/personal-data", Role.FIRM)
def held() -> Answer:
    """Hand out every personal field that is held of the firm, as a file."""
    found, items = personal_data.held(house().ledger, viewer().actor, own_firm())
    erased_at = found.erasure.at if found.erasure else None
    kept = [asdict(entry) for entry in RETENTION]
    answer = jsonify(plain({"firm": own_firm(), "erased_at": erased_at, "retention": kept, "items": items}))
    answer.headers["Content-Disposition"] = 'attachment; filename="personal-data.json"'
    return answer


def _page(typed: dict[str, str] | None, faults: dict[str, str]) -> Page:
    with opened("firms") as reading:
        firm = firms.one(reading, viewer().actor, own_firm())
        more = {
            "tabs": tabs(),
            "typed": typed or _as_typed(firm),
            "faults": faults,
            "registers": REGISTERS,
            "countries": COUNTRIES,
            "done": _("The profile is saved.") if "done" in request.args else "",
        }
        return Page("profile.html", {"firm": firm}, standing(reading), more=more, status=422 if faults else 200)


def _as_typed(firm: dict[str, Any]) -> dict[str, str]:
    lines = "\n".join(firm["capabilities"])
    return {"town": firm["town"] or "", "nace": firm["nace"] or "", "capabilities": lines}


def _body(typed: dict[str, str]) -> dict[str, Any]:
    lines = [line.strip() for line in typed["capabilities"].splitlines()]
    return {
        "town": typed["town"].strip() or None,
        "nace": typed["nace"].strip() or None,
        "capabilities": [line for line in lines if line],
    }
