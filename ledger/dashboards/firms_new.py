"""Admitting a firm: its profile, checked number by number, and a word of warning where a number is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import redirect, request, url_for

from ledger.application import firms as commands
from ledger.dashboards import firm_forms
from ledger.dashboards.blueprint import pages
from ledger.dashboards.labels import COUNTRIES
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.registers import IDENTIFIERS, RIGHT
from ledger.dashboards.sectors import sector_choices
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid
from ledger.domain.firm import Profile
from ledger.domain.identifiers import check_all
from ledger.projections.firms import queries as firms
from ledger.web.house import house
from ledger.web.schemas.bodies import FirmBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("members_new")
HERE = "DE"  # where most members are


@showing(bp, "/firms/new", Role.COORDINATOR)
def form() -> Page:
    """Ask for the profile of a firm."""
    return shown(dict.fromkeys(firm_forms.FIELDS, "") | {"country": HERE}, {})


@action(bp, "/firms/new", Role.COORDINATOR)
def admit() -> Page | Answer:
    """Admit the firm, unless something is wrong or its number is known and nobody has said that this is meant."""
    typed, key = firm_forms.typed(), request.form.get("key") or uuid4().hex
    try:
        body = load(FirmBody(), firm_forms.body(typed, new=True))
        known = _known(check_all(body["identifiers"]), str(commands.id_of(viewer().actor, key)))
        if known and not request.form.get("twice"):
            return shown(typed, {}, known)
        profile = Profile(**{**body, "capabilities": tuple(body["capabilities"])})
        receipt = commands.admit(house().ledger, viewer().actor, key, profile)
    except Invalid as error:
        return shown(typed, firm_forms.faults(error))
    return redirect(url_for("members.one", firm=receipt.id, done="admitted"), 303)


def shown(typed: dict[str, str], faults: dict[str, str], known: list[dict[str, Any]] | None = None) -> Page:
    """Return the form, with what is wrong with it, or with the firms that bear a number of it already."""
    more = {**choices(), "typed": typed, "faults": faults, "known": known or [], "key": uuid4().hex}
    return Page("firm_new.html", {"known": known or []}, more=more, status=422 if faults else 409 if known else 200)


def choices() -> dict[str, Any]:
    """Return what the form of a profile chooses from."""
    return {
        "countries": list(COUNTRIES.items()),
        "sectors": sector_choices(_("Not known")),
        "registers": IDENTIFIERS,
        "looks": RIGHT,
    }


def _known(identifiers: Any, itself: str) -> list[dict[str, Any]]:
    """Return the firms that bear one of these numbers, but for this one when the form is sent twice."""
    if not identifiers:
        return []
    with opened("firms") as reading:
        return [firm for firm in firms.registered(reading, viewer().actor, identifiers) if firm["id"] != itself]
