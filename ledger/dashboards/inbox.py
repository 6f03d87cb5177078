"""A firm's inbox: what others recorded with it and wait for, what it waits for itself, what is contested or done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import request

from ledger.dashboards.acting import acting_firm, acting_for, named
from ledger.dashboards.blueprint import pages
from ledger.dashboards.comparison import differ, lines
from ledger.dashboards.counts import known
from ledger.dashboards.exports import Table
from ledger.dashboards.inbox_steps import steps
from ledger.dashboards.labels import KINDS, STATES, label
from ledger.dashboards.page import Page, viewer
from ledger.dashboards.page import page as shown_at
from ledger.dashboards.reading import opened
from ledger.dashboards.speaking import by_whom, who_entered
from ledger.dashboards.standing import standing
from ledger.dashboards.term_forms import all_rows, written
from ledger.domain.actor import Role
from ledger.domain.errors import NotFound
from ledger.domain.kinds.catalogue import kind_named
from ledger.projections.collaborations import inbox as queries
from ledger.projections.collaborations.queries import events, one
from ledger.projections.collaborations.twins import twins
from ledger.projections.firms import queries as firms
from ledger.web import speakers
from ledger.web.house import house
from ledger.web.reading import opened_for

if TYPE_CHECKING:
    from ledger.deferred.confirmations import Kept
    from ledger.subscriptions.reading import Reading

bp = pages("inbox")
A_PAGE = 20
MOST_NOTICES = 5
MOST_EVENTS = 50
ROOMS = ("collaborations", "firms", *speakers.ROOMS)


@shown_at(bp, "/inbox", Role.FIRM, Role.COORDINATOR, csv=True)
def page() -> Page:
    """Show one view of the inbox; an office says first for which firm it looks."""
    firm = acting_for()
    return choice("inbox.page") if firm is None else shown(firm, None)


@shown_at(bp, "/inbox/<uuid:id_>", Role.FIRM, Role.COORDINATOR)
def item(id_: UUID) -> Page:
    """Show one job beside the list that it lies in."""
    return shown(acting_firm(), id_)


def choice(to: str) -> Page:
    """Let the network office choose the firm that it acts for."""
    sought = request.args.get("q", "").strip()[:200]
    with opened("firms") as reading:
        found = firms.page(reading, viewer().actor, q=sought or None, limit=A_PAGE, cursor=request.args.get("cursor"))
        data = {"firms": [{name: firm[name] for name in ("id", "name", "town")} for firm in found.items]}
    return Page("acting_for.html", data, more={"to": to, "sought": sought, "next": found.next})


def shown(firm: UUID, id_: UUID | None, *, status: int = 200, **more: Any) -> Page:
    """Return the inbox with one job open: the one that is named, else the first of the list."""
    view = request.args.get("view", "")
    view = view if view in queries.VIEWS else queries.VIEWS[0]
    kept = house().confirmations.of(firm)
    without = [one.collaboration for one in kept if one.refused is None]
    with opened(*ROOMS) as reading:
        actor = viewer().actor
        found = queries.page(
            reading, actor, firm, view, without=without, limit=A_PAGE, cursor=request.args.get("cursor")
        )
        number = queries.counts(reading, actor, firm, without=without)
        job = _chosen(reading, firm, id_, found.items)
        asked = found.items if view == queries.VIEWS[0] else []
        others = [job] if job and job not in asked else []
        twin = twins(reading, actor, firm, [*asked, *others])
        open_ = _opened(reading, job, twin, kept) if job else None
        called = firms.one(reading, actor, firm)["name"] if actor.role is Role.COORDINATOR else ""
        notices = _notices(reading, [one for one in kept if one.refused is None])
        stand = standing(reading)
    known(firm, number["todo"])
    items = [{**job, "differs": job["id"] in twin and differ(job, twin[job["id"]])} for job in found.items]
    data = {"firm": str(firm), "view": view, "counts": number, "items": items, "next": found.next, "open": open_}
    return Page(
        "inbox.html",
        {**data, "position": stand.position},
        stand,
        _table(items),
        {
            **_more(firm, open_, items),
            "firm_name": called,
            "one": id_ is not None,
            "notices": notices,
            "number_to_answer": number["todo"],
            **more,
        },
        status,
    )


def before(firm: UUID, id_: UUID, position: int) -> dict[str, Any] | None:
    """Return the job as it stood when somebody looked at it; None when that is no position of it."""
    asked = {"as_of_position": position} if 0 < position <= house().ledger.head() else {}
    try:
        with opened_for(viewer().actor, asked, "collaborations") as reading:
            return _party_s(one(reading, viewer().actor, id_), firm)
    except NotFound:
        return None


def _chosen(reading: Reading, firm: UUID, id_: UUID | None, items: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the job that is asked for, else the first; raise `NotFound` unless the firm is a party."""
    if id_ is None:
        return items[0] if items else None
    listed = next((job for job in items if job["id"] == str(id_)), None)
    return listed or _party_s(one(reading, viewer().actor, id_), firm)


def _opened(reading: Reading, job: dict[str, Any], twin: dict[str, dict[str, Any]], kept: list[Kept]) -> dict[str, Any]:
    """Return a job with all that the page says of it."""
    happened = events(reading, viewer().actor, UUID(job["id"]), limit=MOST_EVENTS).items
    confirmation = next((each for each in kept if str(each.collaboration) == job["id"]), None)
    waiting = confirmation is not None and confirmation.refused is None
    who = by_whom(reading, job, happened, {party["firm"]: party["name"] for party in job["parties"]})
    shown = ("type", "recorded_at", "data", "actor")
    return {
        "job": job,
        "own": twin.get(job["id"]),
        "entered_by": who_entered(reading, job),
        "events": [
            {**{name: event[name] for name in shown}, "who": by} for event, by in zip(happened, who, strict=True)
        ],
        "undo_seconds": house().confirmations.left(confirmation) if confirmation and waiting else None,
        "refused": confirmation.refused if confirmation else None,
    }


def _party_s(job: dict[str, Any], firm: UUID) -> dict[str, Any]:
    if all(party["firm"] != str(firm) for party in job["parties"]):
        raise NotFound("There is no such collaboration.")
    return job


def _more(firm: UUID, open_: dict[str, Any] | None, items: list[dict[str, Any]]) -> dict[str, Any]:
    """Return what the template needs beside the data: lines, steps, the forms' values, the neighbours in the list."""
    acting = named(firm)
    if open_ is None:
        return {"acting": acting, "me": str(firm)}
    job = open_["job"]
    ids = [each["id"] for each in items]
    at = ids.index(job["id"]) if job["id"] in ids else None
    asked, fields = request.args.get("do", ""), kind_named(job["kind"]).fields
    values = {**written(fields, job["terms"]), "title": job["title"], "completed_on": job["completed_on"] or ""}
    return {
        "acting": acting,
        "me": str(firm),
        "lines": lines(job, open_["own"], str(firm)),
        "steps": steps(job, str(firm)),
        "kind": kind_named(job["kind"]),
        "names": {party["firm"]: party["name"] for party in job["parties"]},
        "do": asked,
        "values": values,
        "rows": all_rows(fields, values),
        "faults": {},
        "neighbours": (
            ids[at - 1] if at else None,
            ids[at + 1] if at is not None and at + 1 < len(ids) else None,
        ),
    }


def _notices(reading: Reading, kept: list[Kept]) -> list[dict[str, Any]]:
    """Return the confirmations that can still be taken back, the newest first."""
    confirmations = house().confirmations
    found = []
    for each in sorted(kept, key=lambda one: one.due_at, reverse=True)[:MOST_NOTICES]:
        job = one(reading, viewer().actor, each.collaboration)
        found.append({"id": job["id"], "title": job["title"], "seconds": confirmations.left(each)})
    return found


def _table(items: list[dict[str, Any]]) -> Table:
    header = ("id", "kind", "title", "state", "recorded_at", "business_date", "parties")
    rows = [
        (
            *(job["id"], label(KINDS, job["kind"]), job["title"], label(STATES, job["state"]), job["proposed_at"]),
            job["business_date"],
            "; ".join(str(party["name"]) for party in job["parties"]),
        )
        for job in items
    ]
    return Table("inbox", header, rows)
