"""Disputes of a network for its office: what is open with what both sides said, settling one, and what was settled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect, request, url_for

from ledger.application import collaborations as commands
from ledger.application.collaborations import Target
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.comparison import lines
from ledger.dashboards.exports import Table
from ledger.dashboards.faults import told
from ledger.dashboards.labels import KINDS, label
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.term_forms import all_rows, read, written
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.domain.collaboration import Outcome
from ledger.domain.errors import Conflict, Invalid, NotFound
from ledger.domain.kinds.catalogue import kind_named
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
QUERY = CollaborationsQuery(only=("firm", "cursor"))
A_PAGE = 20
DISPUTED = "disputed"
UNREADABLE, CONFLICT = 422, 409


@showing(bp, "/disputes", Role.COORDINATOR, csv=True)
def page() -> Page:
    """Show what is contested, and below it what was settled."""
    query = asked(QUERY)
    chosen = {"firm": query.get("firm")}
    with opened("collaborations", "activity") as reading:
        actor = viewer().actor
        found = collaborations.page(reading, actor, **chosen, state=DISPUTED, limit=A_PAGE, cursor=query.get("cursor"))
        settled = activity.activity(reading, actor, network_of_office(), what=SETTLED, **chosen, limit=A_PAGE)
        data = {"open": [_told(job) for job in found.items], "next": found.next, "settled": settled.items}
        more = {"done": request.args.get("done", "")}
        return Page("disputes.html", data, standing(reading), _table(data), more)


@showing(bp, "/disputes/<uuid:job>/<int:number>", Role.COORDINATOR)
def one(job: UUID, number: int) -> Page:
    """Show a dispute, with the ways to settle it."""
    return _shown(job, number, {})


@action(bp, "/disputes/<uuid:job>/<int:number>", Role.COORDINATOR)
def settle(job: UUID, number: int) -> Page | Answer:
    """Settle a dispute; both parties see the outcome and the note."""
    typed = dict(request.form.items())
    try:
        body = load(SettlementBody(), _body(job, typed))
        outcome = Outcome(body.pop("outcome"))
        target = Target(job, None, whole(typed.get("version", "")))
        commands.settle(house().ledger, viewer().actor, target, number, outcome=outcome, **body)
    except Invalid as error:
        return _shown(job, number, typed, error)
    except Conflict:
        return _shown(job, number, typed, None, 409)
    return redirect(url_for("disputes.page", done="settled"), 303)


def _body(job: UUID, typed: dict[str, str]) -> dict[str, Any]:
    outcome, note = typed.get("outcome", ""), typed.get("note", "").strip()
    body: dict[str, Any] = {"outcome": outcome, **({"note": note} if note else {})}
    if outcome == Outcome.AMENDED:
        with opened("collaborations") as reading:
            kind = kind_named(collaborations.one(reading, viewer().actor, job)["kind"])
        body["terms"] = read(kind.fields, typed)
    return body


def _shown(id_: UUID, number: int, typed: dict[str, str], error: Invalid | None = None, status: int = 200) -> Page:
    with opened("collaborations") as reading:
        job = collaborations.one(reading, viewer().actor, id_)
        dispute = next((one for one in job["disputes"] if one["number"] == number), None)
        if dispute is None:
            raise NotFound("There is no such dispute.")
        kind = kind_named(job["kind"])
        values = {**written(kind.fields, job["terms"]), **typed}
        wrong = _faults(error, typed) or told(error.faults, kind, values) if error else []
        more = {
            "lines": lines(job, None, dispute["by"]),
            "kind": kind,
            "names": _names(job),
            "values": values,
            "rows": all_rows(kind.fields, values),
            "summary": wrong,
            "faults": dict(wrong),
            "conflict": status == CONFLICT,
        }
        data = {"job": job, "dispute": dispute}
        return Page("dispute.html", data, standing(reading), more=more, status=UNREADABLE if error else status)


def _faults(error: Invalid, typed: dict[str, str]) -> list[tuple[str, str]]:
    """Return what is wrong beside the terms."""
    if typed.get("outcome") not in set(Outcome):
        return [("upheld", _("Choose how to settle it."))]
    return [("note", _("Up to 2000 characters, please.")) for fault in error.faults if fault.pointer == "/note"]


def _told(job: dict[str, Any]) -> dict[str, Any]:
    """Return a job with its open disputes, and what it says, line by line."""
    kept = {name: job[name] for name in ("id", "kind", "title", "business_date", "version")}
    open_ = [one for one in job["disputes"] if not one["outcome"]]
    return {**kept, "names": _names(job), "disputes": open_, "job": job}


def _names(job: dict[str, Any]) -> dict[str, str]:
    return {party["firm"]: party["name"] for party in job["parties"]}


def whole(text: str) -> int | None:
    """Return the version that a form was made from."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None  # noqa: PLR2004 - fits 64 bits


def _table(data: dict[str, Any]) -> Table:
    header = (_("Raised"), _("Kind"), _("Job"), _("Disputed by"), _("What is said"), _("Answers"))
    rows = [
        (
            *(one["raised_at"], label(KINDS, job["kind"]), job["title"], job["names"].get(one["by"], "")),
            *(one["reason"], " | ".join(answer["statement"] for answer in one["answers"])),
        )
        for job in data["open"]
        for one in job["disputes"]
    ]
    return Table("disputes", header, rows)
