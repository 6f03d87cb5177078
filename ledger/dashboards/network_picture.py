"""The map of a network as a picture: firms with their partners, or communities where it is too large for that."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from ledger.dashboards.charts import bubbles, network_map
from ledger.dashboards.charts.network import Edge
from ledger.dashboards.charts.parts import Caption, Key, kind
from ledger.dashboards.charts.shapes import line_sample, sample
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.formats import written
from ledger.dashboards.labels import COUNTRIES, label
from ledger.dashboards.network_places import spread
from ledger.dashboards.office_words import firm_name, group_names, sector_colours, sector_name

Told = Mapping[str, Any]
Way = Callable[[str], str]
LEGAL_FORM = re.compile(r" (GmbH|ApS|A/S|e\. ?K\.|KG|OHG|AG|UG|I/S|P/S|K/S|mbH)\b.*$")


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawn map, what its colours stand for, and the colour of each sector."""

    drawn: Markup
    keys: tuple[Key, ...]
    colours: Mapping[str | None, int]
    countries: tuple[str, ...]

    @property
    def samples(self) -> list[tuple[str, Markup]]:
        """The shape that each country has, with its name."""
        names = [(one, label(COUNTRIES, one)) for one in self.countries]
        return [(name, sample(one, name)) for one, name in names]

    @property
    def crossing(self) -> Markup:
        """What a line across the border looks like."""
        return line_sample(_("across the border"), crosses=True)


def drawing(
    found: Told,
    height: int,
    names: int = network_map.MOST_NAMES,
    *,
    medium: Medium = Medium.PAGE,
    href: Way | None = None,
) -> Drawing:
    """Draw a map as `ledger.projections.network_map` tells it; `href` is where a firm leads, else to its partners."""
    href = href or _to_partners(found["year"])
    who = [*found["nodes"], *found["alone"]]
    countries = tuple(sorted({one["country"] for one in who}))
    if found["drawn"] == "communities":
        colours = sector_colours(_sectors_of_bubbles(found["bubbles"]))
        drawn = bubbles.bubbles(_communities(found, colours, href), medium, height)
        return Drawing(drawn, _keys(colours), colours, ())
    colours = sector_colours(Counter(one["sector"] for one in who))
    chart = _firms(found, colours, names, href)
    return Drawing(network_map.network_map(chart, medium, height), network_map.legend(chart), colours, countries)


def short(name: str) -> str:
    """Return a firm's name as a map has room for it: without its legal form."""
    return LEGAL_FORM.sub("", name)


def _to_partners(year: int | None) -> Way:
    """Return the way to a firm's partners: an address is put together once, which costs as much as drawing a firm."""
    address = url_for("network.show", year=year, focus="")
    return lambda firm: f"{address}{firm}"


def _firms(found: Told, colours: Mapping[str | None, int], names: int, href: Way) -> network_map.NetworkMap:
    groups, told = group_names(colours), _telling()
    places = spread(_places(found), {one["firm"]: one["component"] or 0 for one in found["nodes"]})

    def firm(one: Told) -> network_map.Firm:
        colour, (x, y) = colours[one["sector"]], places.get(one["firm"], (0.0, 0.0))
        return network_map.Firm(
            id=one["firm"],
            label=short(firm_name(one)),
            href=href(one["firm"]),
            country=one["country"],
            colour=colour,
            text=told(one),
            x=(x + 1) / 2,
            y=(y + 1) / 2,
            weight=one.get("betweenness") or 0,
            group=groups[colour],
        )

    return network_map.NetworkMap(
        caption=Caption("network", _("Who works with whom"), _("Firms as dots, joint work as lines between them")),
        firms=tuple(firm(one) for one in found["nodes"]),
        edges=tuple(Edge(one["one"], one["other"], one["jobs"], one["crossing"]) for one in found["edges"]),
        alone=tuple(replace(firm(one), x=0, y=0) for one in found["alone"]),
        alone_text=alone_words(found["alone_count"]),
        focus=found["focus"],
        names=names,
    )


def alone_words(firms: int) -> str:
    """Say how many firms stand in the rack."""
    return str(ngettext("%(num)d firm without a partner", "%(num)d firms without a partner", firms))


def _places(found: Told) -> dict[str, tuple[float, float]]:
    """Return where firms lie; one that came after the last snapshot lies amid its partners."""
    known = {one["firm"]: (one["x"], one["y"]) for one in found["nodes"] if one["x"] is not None}
    near: dict[str, list[tuple[float, float]]] = {}
    for edge in found["edges"]:
        for one, other in ((edge["one"], edge["other"]), (edge["other"], edge["one"])):
            if one not in known and other in known:
                near.setdefault(one, []).append(known[other])
    return {**known, **{firm: _middle(places) for firm, places in near.items()}}


def _middle(places: Sequence[tuple[float, float]]) -> tuple[float, float]:
    return sum(x for x, _y in places) / len(places), sum(y for _x, y in places) / len(places)


def _telling() -> Callable[[Told], str]:
    """Return what says in words what a dot shows; sectors, countries and numbers are looked up once each."""
    sector, country = cache(sector_name), cache(lambda code: label(COUNTRIES, code))
    partners = cache(lambda number: str(ngettext("%(num)d partner", "%(num)d partners", number)))

    def told(one: Told) -> str:
        known = [firm_name(one), sector(one["sector"]), country(one["country"])]
        return " · ".join([*known, partners(one["partners"])] if "partners" in one else known)

    return told


def _communities(found: Told, colours: Mapping[str | None, int], href: Way) -> bubbles.Bubbles:
    return bubbles.Bubbles(
        Caption("network", _("Who works with whom"), _("Groups of firms as bubbles, named after their largest firm")),
        tuple(_community(one, colours, href) for one in found["bubbles"]),
        tuple(Edge(one["one"], one["other"], one["pairs"]) for one in found["ties"]),
    )


def _community(one: Told, colours: Mapping[str | None, int], href: Way) -> bubbles.Community:
    name, largest = firm_name(one), next(iter(one["sectors"]), None)
    members = written(one["firms"], 0)
    return bubbles.Community(
        id=one["community"],
        label=short(name),
        href=href(one["community"]),
        x=(one["x"] + 1) / 2,
        y=(one["y"] + 1) / 2,
        members=one["firms"],
        text=_("Around %(firm)s: %(members)s firms", firm=name, members=members),
        members_text=members,
        colour=colours.get(largest or None, 0),
    )


def _sectors_of_bubbles(found: Sequence[Mapping[str, Any]]) -> dict[str | None, int]:
    counted: Counter[str | None] = Counter()
    for one in found:
        largest = next(iter(one["sectors"]), None)
        counted[largest or None] += one["firms"]
    return dict(counted)


def _keys(colours: Mapping[str | None, int]) -> tuple[Key, ...]:
    names = group_names(colours)
    return tuple(Key(kind(colour), names[colour]) for colour in sorted(names))
