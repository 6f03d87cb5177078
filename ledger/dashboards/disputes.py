"""Disputes of a network for its office: what is open with what both sides said, settling one, and what was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect, request, url_for

from ledger.application import collaborations as commands
from ledger.application.collaborations import Target
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import KINDS, OUTCOMES, label
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.domain.collaboration import Outcome
from ledger.domain.errors import Conflict, Invalid
from ledger.projections.activity import queries as activity
from ledger.projections.activity.feed import SETTLED
from ledger.projections.collaborations import queries as collaborations
from ledger.web.house import house
from ledger.web.schemas.collaborations import SettlementBody
from ledger.web.schemas.loading import load
from ledger.web.schemas.queries import CollaborationsQuery

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

bp = pages("disputes")
A_PAGE = 20
DISPUTED = "disputed"


@showing(bp, "/disputes", Role.COORDINATOR, csv=True)
def page() -> Page:
    """Show what is contested, and below it what was settled."""
    asked = {name: request.args[name] for name in ("firm", "cursor") if request.args.get(name)}
    query = load(CollaborationsQuery(), asked)
    chosen = {"firm": query.get("firm")}
    with opened("collaborations", "activity") as reading:
        actor = viewer().actor
        found = collaborations.page(reading, actor, **chosen, state=DISPUTED, limit=A_PAGE, cursor=query.get("cursor"))
        settled = activity.activity(reading, actor, network_of_office(), what=SETTLED, **chosen, limit=A_PAGE)
        data = {"open": [_told(job) for job in found.items], "next": found.next, "settled": settled.items}
        more = {"kinds": KINDS, "outcomes": OUTCOMES, "done": request.args.get("done", "")}
        return Page("disputes.html", data, standing(reading), _table(data), more)


@showing(bp, "/disputes/<uuid:job>/<int:number>", Role.COORDINATOR)
def one(job: UUID, number: int) -> Page:
    """Show a dispute, with the ways to settle it."""
    return _shown(job, number, {}, {})


@action(bp, "/disputes/<uuid:job>/<int:number>", Role.COORDINATOR)
def settle(job: UUID, number: int) -> Page | Answer:
    """Settle a dispute; both parties see the outcome and the note."""
    typed = dict(request.form.items())
    try:
        body = load(SettlementBody(), _body(typed))
        outcome = Outcome(body.pop("outcome"))
        target = Target(job, None, _version(typed.get("version", "")))
        commands.settle(house().ledger, viewer().actor, target, number, outcome=outcome, **body)
    except Invalid as error:
        return _shown(job, number, typed, _faults(error))
    except Conflict as error:
        return _shown(job, number, typed, {"outcome": _conflict(error)}, 409)
    return redirect(url_for("disputes.page", done="settled"), 303)
