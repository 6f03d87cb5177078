"""Who works with whom: firms as dots at given places, and below them those that have no partner yet."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, sqrt

from markupsafe import Markup

from ledger.dashboards.charts.labels import Spot
from ledger.dashboards.charts.network import Edge, draw_lines, draw_names, lines, link, partners, spot
from ledger.dashboards.charts.parts import Caption, Key, Table, kind
from ledger.dashboards.charts.shapes import shape
from ledger.dashboards.charts.svg import Medium, Pen, per_cent

SMALLEST, MORE = 3.5, 7  # pixels: the radius of a firm that links nobody, and how much the greatest broker adds
RACK_ROW, RACK_STEP, RACK_HEAD = 17, 14, 30  # firms in a row, fit for 250 pixels; pixels from one to the next; above
MOST_NAMES = 14
CROWD, FINEST = 150, 0.6  # firms from which dots and lines get finer, and how fine at most


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm on the map: where it lies (0 to 1), what it is, and what it is called when it is read out."""

    id: str
    label: str
    href: str
    country: str
    colour: int
    text: str
    x: float = 0.5
    y: float = 0.5
    weight: float = 0  # betweenness, on any scale
    group: str = ""  # the sectors that share its colour


@dataclass(frozen=True, slots=True)
class NetworkMap:
    """Firms and their edges; firms alone stand in the rack; with a focus only its neighbourhood is strong."""

    caption: Caption
    firms: tuple[Firm, ...]
    edges: tuple[Edge, ...]
    alone: tuple[Firm, ...] = ()
    alone_text: str = ""
    focus: str | None = None
    names: int = MOST_NAMES


def network_map(chart: NetworkMap, medium: Medium = Medium.PAGE, height: int = 420) -> Markup:
    """Draw the map: lines below, dots over them, brokers last, names on top, the rack under it all."""
    pen, firms = Pen(medium), sorted(chart.firms, key=lambda firm: (firm.weight, firm.id))
    most = max((firm.weight for firm in firms), default=0)
    fine = min(1, max(sqrt(CROWD / max(len(firms), 1)), FINEST))
    spots = {firm.id: spot(firm.x, firm.y, fine * _radius(firm.weight, most), firm.label, height) for firm in firms}
    near = _neighbourhood(chart)
    parts = [draw_lines(pen, lines(chart.edges, spots, chart.focus, fine), height)]
    parts += [_firm(pen, chart, firm, spots[firm.id], pale=firm.id not in near) for firm in firms]
    named = [spots[firm.id] for firm in _named(chart, firms, near)]
    parts.append(draw_names(pen, named, list(spots.values()), height))
    rack = _rack(pen, chart, height)
    role = "group" if pen.on_page else "img"  # a picture has no links in it
    return pen.chart(chart.caption, height + _rack_height(chart), *parts, rack, role=role)


def legend(chart: NetworkMap) -> tuple[Key, ...]:
    """Return what the colours stand for."""
    groups = {firm.colour: firm.group for firm in (*chart.firms, *chart.alone)}
    return tuple(Key(kind(colour), groups[colour]) for colour in sorted(groups))


def table(chart: NetworkMap, header: tuple[str, str, str, str]) -> Table:
    """Return firms as rows, under the words for firm, country, sectors, partners with jobs."""
    firms = (*chart.firms, *chart.alone)
    joined = partners({firm.id: firm.label for firm in chart.firms}, chart.edges)
    rows = ((firm.label, firm.country, firm.group, joined.get(firm.id, "–")) for firm in firms)
    return Table(header, tuple(sorted(rows)))


def _radius(weight: float, most: float) -> float:
    return SMALLEST + (MORE * sqrt(max(weight, 0) / most) if most > 0 else 0)


def _neighbourhood(chart: NetworkMap) -> set[str]:
    if chart.focus is None:
        return {firm.id for firm in chart.firms}
    ends = ({edge.a, edge.b} for edge in chart.edges)
    return {chart.focus}.union(*(both for both in ends if chart.focus in both))


def _named(chart: NetworkMap, firms: list[Firm], near: set[str]) -> list[Firm]:
    """Return the firms whose names are tried first to last: the focus, then the greatest brokers."""
    wanted = [firm for firm in reversed(firms) if firm.id in near]
    wanted.sort(key=lambda firm: firm.id != chart.focus)
    return wanted[: chart.names]


def _firm(pen: Pen, chart: NetworkMap, firm: Firm, at: Spot, *, pale: bool) -> Markup:
    x = per_cent(at.x)
    drawn = shape(pen, f"{kind(firm.colour)} c-node", firm.country, x, at.y, at.radius)
    if firm.id == chart.focus:
        drawn += shape(pen, "c-ring", firm.country, x, at.y, at.radius + 3)
    return link(pen, firm.href, firm.text, drawn, look="c-pale" if pale else "")


def _rack_height(chart: NetworkMap) -> int:
    return RACK_HEAD + ceil(len(chart.alone) / RACK_ROW) * RACK_STEP + 4 if chart.alone else 0


def _rack(pen: Pen, chart: NetworkMap, top: int) -> Markup:
    if not chart.alone:
        return Markup()
    line = pen.draw("line", "c-grid", x1=0, x2="100%", y1=top + 0.5, y2=top + 0.5)
    drawn = [line, pen.text("c-tick", chart.alone_text, 0, top + 20)]
    for at, firm in enumerate(chart.alone):
        row, column = divmod(at, RACK_ROW)
        x, y = 6 + column * RACK_STEP, top + RACK_HEAD + 7 + row * RACK_STEP
        outline = shape(pen, f"{kind(firm.colour)} c-open", firm.country, x, y, 4)
        drawn.append(link(pen, firm.href, firm.text, outline))
    return Markup().join(drawn)
