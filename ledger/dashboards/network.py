"""The map of a network at large, and beside it the partners of one firm."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import request
from flask_babel import gettext as _

from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.kept import kept
from ledger.dashboards.labels import COUNTRIES, label
from ledger.dashboards.network_picture import Drawing, alone_words, drawing
from ledger.dashboards.office import network_of_office
from ledger.dashboards.office_words import firm_name, firm_path, sector_name
from ledger.dashboards.overview import ASKED as OVERVIEW_ASKED
from ledger.dashboards.overview import QUERY as OVERVIEW_QUERY
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.domain.errors import NotFound
from ledger.projections.activity import queries as activity
from ledger.projections.firms import queries as firms
from ledger.projections.network_map import queries
from ledger.subscriptions.plain import plain
from ledger.web.schemas.queries import MapQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ledger.projections.network_map.shapes import Map
    from ledger.subscriptions.reading import Reading

bp = pages("network")
QUERY = MapQuery()
ASKED = ("focus", "year")
HIGH, NAMED, ROWS = 620, 40, 25
NUMBER = re.compile("[0-9]{1,6}")


@page(bp, "/network", Role.COORDINATOR, csv=True)
def show() -> Page:
    """Show who works with whom; the CSV has a row for each firm, as the table below the map."""
    query = asked(QUERY)
    chosen = {name: query[name] for name in ASKED if name in query}
    network = network_of_office()
    with opened("network_map") as reading:
        asked_for = ("network", network, tuple(sorted(chosen.items())))
        found, rows, picture = kept(reading, asked_for, lambda: _made(reading, network, chosen))
        stand = standing(reading)
    more = {
        "picture": picture,
        "alone_words": alone_words(found["alone_count"]),
        **_focused(found),
        **_cut(rows),
        "sector_name": sector_name,
        "firm_path": firm_path,
    }
    return Page("network.html", {**found, "as_of": plain(reading.time)}, stand, lambda: _table(rows), more)


def _made(reading: Reading, network: UUID, chosen: Mapping[str, Any]) -> tuple[Map, list[dict[str, Any]], Drawing]:
    """Return the map, its firms as rows, and its picture."""
    found = queries.network_map(reading, viewer().actor, network, **chosen)
    return found, _rows(found), drawing(found, HIGH, NAMED)


@page(bp, "/network/suggestions/<uuid:firm>", Role.COORDINATOR)
def suggestion(firm: UUID) -> Page:
    """Show whom a firm without a partner could work with, and why; nothing is sent."""
    query = asked(OVERVIEW_QUERY)
    chosen = {name: query[name] for name in OVERVIEW_ASKED if name in query}
    actor = viewer().actor
    with opened("activity", "firms") as reading:
        found = activity.indicators(reading, actor, network_of_office(), **chosen)
        told = next((one for one in found["isolated"] if one["firm"] == str(firm)), None)
        if told is None:
            raise NotFound("This firm is not among those without a partner.")
        other = told["suggestion"]
        both = (firm, UUID(other["firm"])) if other else (firm,)
        sides = [firms.one(reading, actor, one) for one in both]
        stand = standing(reading)
    more = {"sector_name": sector_name, "firm_path": firm_path, "firm_called": firm_name}
    return Page("suggestion.html", {"firm": told, "sides": sides, "months": found["months"]}, stand, more=more)


def _rows(found: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the firms of the map, those with most partners first, then those without any."""
    if found["drawn"] == "communities":
        outside: Counter[str] = Counter()
        for tie in found["ties"]:
            outside.update({tie["one"]: tie["pairs"], tie["other"]: tie["pairs"]})
        return [_group(one, outside) for one in sorted(found["bubbles"], key=lambda one: -one["firms"])]
    drawn = sorted(found["nodes"], key=lambda one: (-one["partners"], -one["jobs"], firm_name(one)))
    alone = [{**one, "partners": 0, "jobs": 0} for one in found["alone"]]
    return [
        {**one, "called": firm_name(one), "country_words": label(COUNTRIES, one["country"])} for one in drawn + alone
    ]


def _group(one: Mapping[str, Any], outside: Counter[str]) -> dict[str, Any]:
    """Return a community as a row: its pairs inside it, and those with others."""
    return {
        "firm": one["community"],
        "called": firm_name(one),
        "firms": one["firms"],
        "sector": next(iter(one["sectors"]), None),
        "country_words": " · ".join(label(COUNTRIES, each) for each in one["countries"]),
        "partners": outside[one["community"]],
        "jobs": one["inside"],
    }


def _focused(found: Mapping[str, Any]) -> dict[str, Any]:
    """Return the firm in focus and its partners, those with most jobs first."""
    if found["focus"] is None:
        return {"focus": None, "partners": []}
    who = {one["firm"]: one for one in (*found["nodes"], *found["alone"])}
    ends = [(edge["one"], edge["other"], edge) for edge in found["edges"]]
    own = [
        (other if one == found["focus"] else one, edge) for one, other, edge in ends if found["focus"] in (one, other)
    ]
    partners = [{**who[firm], "called": firm_name(who[firm]), **_edge(edge)} for firm, edge in own]
    partners.sort(key=lambda one: (-one["jobs"], one["called"]))
    focus = who.get(found["focus"])
    return {"focus": {**focus, "called": firm_name(focus)} if focus else None, "partners": partners}


def _edge(edge: Mapping[str, Any]) -> dict[str, Any]:
    return {"jobs": edge["jobs"], "crossing": edge["crossing"]}


def _cut(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Return one page of the table: all rows are in the CSV."""
    text = request.args.get("page", "")
    last = max((len(rows) - 1) // ROWS + 1, 1)
    number = min(max(int(text), 1), last) if NUMBER.fullmatch(text) else 1
    return {"rows": rows[(number - 1) * ROWS : number * ROWS], "number": number, "last": last, "count": len(rows)}


def _table(rows: Sequence[Mapping[str, Any]]) -> Table:
    groups = bool(rows) and "firms" in rows[0]
    counted = (_("Pairs outside"), _("Pairs inside")) if groups else (_("Partners"), _("Jobs"))
    header = (_("Firm"), _("Sector"), _("Country"), *counted)
    return Table("network", header, [_row(one) for one in rows])


def _row(one: Mapping[str, Any]) -> tuple[str | int, ...]:
    return one["called"], sector_name(one["sector"]), one["country_words"], one["partners"], one["jobs"]
