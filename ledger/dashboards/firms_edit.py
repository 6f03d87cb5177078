"""What the office does with a firm: correct its profile, and state that it agrees with a register."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import redirect, request, url_for

from ledger.application import firms as commands
from ledger.dashboards import firm_forms, firms
from ledger.dashboards.blueprint import pages
from ledger.dashboards.disputes import whole
from ledger.dashboards.firms_new import choices
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid
from ledger.projections.firms import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import FirmPatch, VerificationBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("members_edit")
OF_EXTRACT = ("register", "extract", "on")


@showing(bp, "/firms/<uuid:firm>/edit", Role.COORDINATOR)
def form(firm: UUID) -> Page:
    """Show the profile to be corrected."""
    return _shown(firm, None, {})


@action(bp, "/firms/<uuid:firm>/edit", Role.COORDINATOR)
def change(firm: UUID) -> Page | Answer:
    """Correct the profile, or show what is wrong with the form."""
    typed = firm_forms.typed()
    try:
        body = load(FirmPatch(), firm_forms.body(typed, new=False))
        body["capabilities"] = tuple(body["capabilities"])
        commands.update(house().ledger, viewer().actor, firm, body, whole(request.form.get("version", "")))
    except Invalid as error:
        return _shown(firm, typed, firm_forms.faults(error))
    return redirect(url_for("members.one", firm=firm, done="changed"), 303)


@action(bp, "/firms/<uuid:firm>/verify", Role.COORDINATOR)
def verify(firm: UUID) -> Page | Answer:
    """Record that the firm agrees with an extract."""
    typed = {name: request.form.get(name, "").strip() for name in OF_EXTRACT}
    try:
        body = load(VerificationBody(), typed)
        commands.verify(house().ledger, viewer().actor, firm, **body)
    except Invalid as error:
        return firms.shown(firm, typed, firm_forms.faults(error))
    return redirect(url_for("members.one", firm=firm, done="verified"), 303)


def _shown(firm: UUID, typed: dict[str, str] | None, faults: dict[str, str]) -> Page:
    with opened("firms") as reading:
        found = queries.one(reading, viewer().actor, firm)
        more = {**choices(), "typed": typed or firm_forms.as_typed(found), "faults": faults}
        return Page("firm_edit.html", {"firm": found}, more=more, status=422 if faults else 200)
