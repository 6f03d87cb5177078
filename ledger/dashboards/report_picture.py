"""Who worked with whom in a year, as the yearly report draws it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flask import url_for
from markupsafe import Markup

from ledger.dashboards.charts import network_map
from ledger.dashboards.charts.network import Edge
from ledger.dashboards.charts.network_map import Firm, NetworkMap
from ledger.dashboards.charts.parts import Caption, Key
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import viewer
from ledger.dashboards.sectors import sector_name
from ledger.dashboards.words import gettext as _
from ledger.dashboards.words import ngettext
from ledger.projections.network_map import queries

if TYPE_CHECKING:
    from ledger.dashboards.charts.svg import Medium
    from ledger.subscriptions.reading import Reading

HEIGHT = 420
RANKED = 0.75  # how much of a place is its order, how much the distance
NAMED = 6  # sectors with a colour of their own; the others share one
Shown = Mapping[str, Any]


def picture(reading: Reading, year: int, medium: Medium) -> tuple[Markup, Sequence[Key]] | None:
    """Return the map of a year with its legend; None where the network is too large to be drawn, or nothing was."""
    found = queries.network_map(reading, viewer().actor, network_of_office(), year=year)
    if found["drawn"] != "firms" or not found["edges"]:
        return None
    colours, places = _colours([*found["nodes"], *found["alone"]]), _places(found["nodes"])
    chart = NetworkMap(
        caption=Caption("map", _("Who works with whom"), _("Firms as dots, joint work as lines between them")),
        firms=tuple(_firm(one, colours, places[one["firm"]]) for one in found["nodes"]),
        edges=tuple(Edge(one["one"], one["other"], one["jobs"], one["crossing"]) for one in found["edges"]),
        alone=tuple(_firm(one, colours, (0.5, 0.5)) for one in found["alone"]),
        alone_text=ngettext("%(num)d firm without a partner", "%(num)d firms without a partner", found["alone_count"]),
    )
    return network_map.network_map(chart, medium, HEIGHT), network_map.legend(chart)


def _colours(firms: Sequence[Shown]) -> dict[str | None, int]:
    """Return the colour of each sector: the largest have one each."""
    counted = Counter(one["sector"] for one in firms)
    ordered = sorted(counted, key=lambda sector: (-counted[sector], sector or ""))
    return {sector: min(place, NAMED) for place, sector in enumerate(ordered)}


def _places(nodes: Sequence[Shown]) -> dict[str, tuple[float, float]]:
    """Return where firms lie on paper, 0 to 1: a group far off must not press all others into a corner."""
    across, down = _spread(nodes, "x"), _spread(nodes, "y")
    return {one["firm"]: (x, y) for one, x, y in zip(nodes, across, down, strict=True)}


def _spread(nodes: Sequence[Shown], axis: str) -> list[float]:
    """Return for each its place in the order along an axis, drawn a little to where it lay."""
    found = [one[axis] or 0.0 for one in nodes]
    low, high = min(found), max(found)
    ranks = {value: rank for rank, value in enumerate(sorted(set(found)))}
    last, width = max(len(ranks) - 1, 1), (high - low) or 1
    return [RANKED * ranks[value] / last + (1 - RANKED) * (value - low) / width for value in found]


def _firm(one: Shown, colours: Mapping[str | None, int], place: tuple[float, float]) -> Firm:
    name, colour = str(one["name"] or ""), colours[one["sector"]]
    group = _("Other sectors") if colour == NAMED else sector_name(one["sector"]) or _("Not known")
    return Firm(
        id=one["firm"],
        label=name,
        href=url_for("members.one", firm=one["firm"]),
        country=one["country"],
        colour=colour,
        text=name,
        x=place[0],
        y=place[1],
        weight=one.get("betweenness") or 0,
        group=group,
    )
