"""The coordinator's first page: what happened, how the network does, and who needs a partner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from ledger.dashboards import overview_charts, overview_figures, overview_words
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.charts import shares
from ledger.dashboards.exports import Table
from ledger.dashboards.kept import kept
from ledger.dashboards.labels import COUNTRIES, label
from ledger.dashboards.network_picture import drawing
from ledger.dashboards.news_words import lines
from ledger.dashboards.office import network_of_office
from ledger.dashboards.office_words import FIGURES, firm_name, firm_path, sector_colours, sector_name
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.projections.activity import queries
from ledger.projections.activity.period import SPANS
from ledger.projections.network_map import queries as maps
from ledger.subscriptions.plain import plain
from ledger.web.schemas.queries import IndicatorsQuery

if TYPE_CHECKING:
    from collections.abc import Mapping
    from uuid import UUID

    from ledger.subscriptions.reading import Reading

bp = pages("overview")
QUERY = IndicatorsQuery()
ASKED = ("months", "sector", "country")
LATEST, HIGH = 5, 440


@page(bp, "/overview", Role.COORDINATOR, csv=True)
def show() -> Page:
    """Show the figures of the last months; the CSV is the figures, month by month."""
    query = asked(QUERY)
    chosen = {name: query[name] for name in ASKED if name in query}
    network = network_of_office()
    with opened("activity", "network_map") as reading:
        asked_for = ("overview", network, tuple(sorted(chosen.items())))
        data, shown = kept(reading, asked_for, lambda: _made(reading, network, chosen))
        stand = standing(reading)
    return Page("overview.html", {**data, "as_of": plain(reading.time)}, stand, lambda: _table(data), shown)


def _made(reading: Reading, network: UUID, chosen: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the page tells, and what its template shows of that."""
    actor = viewer().actor
    data = {
        **queries.indicators(reading, actor, network, **chosen),
        "brokers": maps.brokers(reading, actor, network),
        "latest": queries.activity(reading, actor, network, limit=LATEST).items,
        "map": maps.network_map(reading, actor, network),
    }
    return data, _shown(data)


def _shown(data: Mapping[str, Any]) -> dict[str, Any]:
    picture = drawing(data["map"], HIGH)
    colours = picture.colours or sector_colours({one["sector"]: one["members"] for one in data["sectors"]})
    return {
        "headline": overview_words.said([overview_words.headline(data)]),
        "lead": overview_words.said(overview_words.leads(data)),
        "spans": SPANS,
        "figures": overview_figures.strip(data),
        "monthly": overview_figures.monthly(data),
        "by_kind": overview_charts.by_kind(data),
        "news": lines(data["latest"]),
        "picture": picture,
        "brokers": [_broker(one, data["brokers"], colours) for one in data["brokers"]],
        "sectors": overview_charts.sectors(data, colours),
        "border": overview_charts.border(data),
        "training": overview_charts.training(data),
        "pairs": overview_charts.pairs(data),
        "choices": {"sector": _sectors(data), "country": [(one, label(COUNTRIES, one)) for one in COUNTRIES]},
        "sector_name": sector_name,
        "firm_path": firm_path,
    }


def _sectors(data: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Return the sectors to choose from: those of the whole network, and the one that is chosen."""
    found = {one["sector"] for one in (*data["map"]["nodes"], *data["map"]["alone"], *data["sectors"])}
    return sorted(((one, sector_name(one)) for one in {*found, data["sector"]} if one), key=lambda one: one[1])


def _broker(one: Mapping[str, Any], brokers: Any, colours: Mapping[str | None, int]) -> dict[str, Any]:
    most = max(broker["betweenness"] for broker in brokers)
    part = shares.Share(firm_name(one), one["betweenness"], str(one["partners"]), colours.get(one["sector"]))
    return {**one, "name": firm_name(one), "bar": shares.bar(part, most)}


def _table(found: Mapping[str, Any]) -> Table:
    """Return the figures as a file holds them: plain numbers, shares of one."""
    header = (_("Figure"), _("Unit"), _("Period"), _("Whole months"), _("A year before"), *found["sparkline_months"])
    rows = [
        (
            label(FIGURES, one["code"]),
            one["unit"],
            *(one[name] for name in ("value", "compared", "before")),
            *one["monthly"],
        )
        for one in found["figures"]
    ]
    return Table(f"overview-{found['period']['to']}", header, rows)
