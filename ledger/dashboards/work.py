"""Joint work as a network's office may read it: the list behind a figure, and one piece with its events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from ledger.dashboards.asked import asked
from ledger.dashboards.behind import COUNTED, selection
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import COLOURS, COUNTRIES, KINDS, MARKS, OUTCOMES, ROLES, STATES, label
from ledger.dashboards.office import network_of_office
from ledger.dashboards.office_words import firm_name, firm_path
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.sectors import sector_choices
from ledger.dashboards.speaking import by_whom
from ledger.dashboards.standing import standing
from ledger.dashboards.work_words import events, terms
from ledger.domain.actor import Role
from ledger.projections.collaborations import queries
from ledger.projections.consents.faces import faces
from ledger.web.counted import CountedWork, asked_of, counted_work
from ledger.web.schemas.queries import WorkQuery
from ledger.web.speakers import ROOMS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from ledger.subscriptions.paging import Page as Listed

bp = pages("work")
QUERY = WorkQuery()
ASKED = ("firm", "kind", "state", "since", "until", "counted", "sector", "country", "currency")
MOST_EVENTS = 200


@page(bp, "/collaborations", Role.COORDINATOR, csv=True)
def show() -> Page:
    """List joint work, the latest business date first: all that is recorded, or what a figure counts."""
    query = asked(QUERY)
    chosen = {name: query[name] for name in ASKED if name in query}
    limits = {"limit": query["limit"], "cursor": query.get("cursor")}
    with opened("collaborations", *(("activity",) if "counted" in chosen else ())) as reading:
        found: Listed | CountedWork
        if "counted" in chosen:
            found = counted_work(reading, viewer().actor, network_of_office(), asked_of(query), **limits)
        else:
            found = queries.page(reading, viewer().actor, **chosen, **limits)
        firm = faces(reading, viewer().actor, [chosen["firm"]])[chosen["firm"]].data() if "firm" in chosen else None
        stand = standing(reading)
    more = {
        "chosen": chosen,
        "firm_name": firm_name(firm) if firm else None,
        "kinds": KINDS,
        "states": STATES,
        "counted": COUNTED,
        "selection": selection(chosen),
        "sectors": sector_choices(_("all")),
        "countries": COUNTRIES,
        **_words(),
    }
    data = {"items": found.items, "next": found.next, "total": _total(found)}
    return Page("work.html", data, stand, lambda: _table(found.items), more)


@page(bp, "/collaborations/<uuid:id_>", Role.COORDINATOR, csv=True)
def one(id_: UUID) -> Page:
    """Show one piece of joint work and everything that happened to it; the CSV is its events."""
    with opened("collaborations", *ROOMS) as reading:
        found = queries.one(reading, viewer().actor, id_)
        told = queries.events(reading, viewer().actor, id_, limit=MOST_EVENTS).items
        names = {party["firm"]: firm_name(party) for party in found["parties"]}
        steps = events(told, by_whom(reading, found, told, names))
        stand = standing(reading)
    rows = [(step.position, step.recorded_at, step.what, step.who, step.words) for step in steps]
    table = Table(f"collaboration-{id_}", (_("Event"), _("Recorded at"), _("What"), _("By"), _("Words")), rows)
    more = {"terms": terms(found["terms"], names), "steps": steps, "roles": ROLES, "outcomes": OUTCOMES, **_words()}
    return Page("work_one.html", {**found, "events": told}, stand, table, more)


def _total(found: Listed | CountedWork) -> int | None:
    """Return how many a figure counts; of everything that is recorded nobody counts them for a page."""
    return found.total if isinstance(found, CountedWork) else None


def _words() -> dict[str, Any]:
    return {
        "kind_words": KINDS,
        "state_words": STATES,
        "colours": COLOURS,
        "marks": MARKS,
        "firm_called": firm_name,
        "firm_path": firm_path,
    }


def _table(items: Sequence[Mapping[str, Any]]) -> Table:
    header = (_("Day"), _("Kind"), _("Title"), _("Firms"), _("State"), _("Recorded at"), _("Number"))
    return Table("collaborations", header, [_row(one) for one in items])


def _row(one: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        one["business_date"],
        label(KINDS, one["kind"]),
        one["title"],
        ", ".join(firm_name(party) for party in one["parties"]),
        label(STATES, one["state"]),
        one["proposed_at"],
        one["id"],
    )
