"""My firm: its score with what moves it and what would change it, its joint work, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from ledger.dashboards import headcount_forms, reasons, score_parts, work_parts
from ledger.dashboards.blueprint import pages
from ledger.dashboards.charts import timeline
from ledger.dashboards.exports import Table
from ledger.dashboards.formats import ZONE
from ledger.dashboards.labels import COUNTRIES, FACTORS, GRADES, KINDS, label
from ledger.dashboards.own import own_firm
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.projections.benefits import queries as benefits
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.firms import queries as firms
from ledger.projections.partnerships import queries as partnerships
from ledger.projections.trust import queries as trust

if TYPE_CHECKING:
    from ledger.subscriptions.reading import Reading

bp = pages("mine")
ROOMS = ("firms", "trust", "partnerships", "collaborations", "benefits")
MOST_WAITING = 20


@page(bp, "/mine", Role.FIRM, csv=True)
def mine() -> Page:
    """Show what the ledger knows of the reader's firm."""
    return shown({}, {})


def shown(typed: dict[str, str], faults: dict[str, str]) -> Page:
    """Return the page, with what is wrong with the form on it."""
    with opened(*ROOMS) as reading:
        data = _told(reading)
        table = _table(data["trust"])
        more = {
            **_drawn(data, reading),
            "typed": typed,
            "faults": faults,
            "done": _("The figures are recorded.") if "done" in request.args else "",
            "usual_year": headcount_forms.usual_year(reading.time),
        }
        return Page("mine.html", data, standing(reading), table, more, status=422 if faults else 200)


def _told(reading: Reading) -> dict[str, Any]:
    actor, firm = viewer().actor, own_firm()
    return {
        "firm": firms.one(reading, actor, firm),
        "trust": trust.score(reading, actor, firm),
        "partners": partnerships.partners(reading, actor, firm),
        "record": partnerships.record(reading, actor, firm),
        "jobs": partnerships.jobs(reading, actor, firm),
        "waiting": _waiting(reading),
        "benefits": benefits.of_firm(reading, actor, firm)["years"],
    }


def _waiting(reading: Reading) -> list[dict[str, Any]]:
    """Return what nobody else has confirmed yet: shown to the firm, counted nowhere."""
    found = collaborations.headlines(reading, viewer().actor, state="proposed", limit=MOST_WAITING)
    return [{"id": one["id"], "title": one["title"], "kind": one["kind"], "on": one["business_date"]} for one in found]


def _drawn(data: dict[str, Any], reading: Reading) -> dict[str, Any]:
    score, concentration = data["trust"], data["partners"]["concentration"]
    waiting = [{**one, "volume": []} for one in data["waiting"]]
    work = work_parts.timeline(data["jobs"], waiting, reading.time.astimezone(ZONE).date())
    return {
        **shown_score(score),
        "timeline": timeline.timeline(work),
        "legend": timeline.legend(work),
        "same": timeline.table(work, _("Month"), _("Joint work")),
        "parts_of": work_parts.parts(data["partners"]["items"]),
        "equal_ones": work_parts.equal_ones(concentration),
        "kinds": KINDS,
        "countries": COUNTRIES,
    }


def shown_score(score: dict[str, Any]) -> dict[str, Any]:
    """Return what the templates of a score need beside it."""
    rated = score["sufficient"]
    return {
        "grades": GRADES,
        "sureness": reasons.CONFIDENCES[score["confidence"]],
        "scale": score_parts.scale(score) if rated else None,
        "rows": score_parts.rows(score) if rated else [],
        "steps": score_parts.steps(score),
        "lack": None if rated else reasons.missing(score["missing"]),
    }


def _table(score: dict[str, Any]) -> Table:
    header = (_("Factor"), _("What the ledger shows"), _("Points"), _("What would change it"))
    told = [(label(FACTORS, one["code"]), reasons.factor(one), round(one["points"], 2)) for one in score["factors"]]
    return Table("score", header, [(name, reason.shows, points, reason.changes) for name, reason, points in told])
