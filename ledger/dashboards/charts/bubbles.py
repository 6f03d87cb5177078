"""Communities as bubbles: the map of a network that is too large to draw every firm of it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from markupsafe import Markup

from ledger.dashboards.charts.labels import LETTER, NARROW, Spot
from ledger.dashboards.charts.network import Edge, draw_lines, draw_names, lines, link, partners, spot
from ledger.dashboards.charts.parts import Caption, Table, kind
from ledger.dashboards.charts.svg import Medium, Pen, per_cent

LARGEST, SMALLEST = 38, 6  # pixels: radii


@dataclass(frozen=True, slots=True)
class Community:
    """Firms that work with each other more than with others: how many, and where it lies (0 to 1)."""

    id: str
    label: str
    href: str
    x: float
    y: float
    members: int
    text: str
    members_text: str
    colour: int = 0


@dataclass(frozen=True, slots=True)
class Bubbles:
    """Communities and the jobs between them."""

    caption: Caption
    communities: tuple[Community, ...]
    edges: tuple[Edge, ...]


def bubbles(chart: Bubbles, medium: Medium = Medium.PAGE, height: int = 420) -> Markup:
    """Draw the bubbles, the largest first, so that none hides a smaller one; a number stands in those with room."""
    pen, by_size = Pen(medium), sorted(chart.communities, key=lambda one: (-one.members, one.id))
    most = max((one.members for one in by_size), default=0)
    spots = {one.id: _spot(one, most, height) for one in by_size}
    parts = [draw_lines(pen, lines(chart.edges, spots), height)]
    parts += [_bubble(pen, one, spots[one.id]) for one in by_size]
    names = draw_names(pen, list(spots.values()), list(spots.values()), height)
    return pen.chart(chart.caption, height, *parts, names, role="group" if pen.on_page else "img")


def table(chart: Bubbles, header: tuple[str, str, str]) -> Table:
    """Return communities as rows, under the words for community, firms, and jobs with others."""
    joined = partners({one.id: one.label for one in chart.communities}, chart.edges)
    rows = ((one.label, one.members_text, joined.get(one.id, "–")) for one in chart.communities)
    return Table(header, tuple(sorted(rows)))


def _spot(one: Community, most: int, height: int) -> Spot:
    radius = SMALLEST + (LARGEST - SMALLEST) * sqrt(max(one.members, 0) / most) if most > 0 else SMALLEST
    return spot(_inset(one.x, radius / NARROW), _inset(one.y, radius / height), radius, one.label, height)


def _inset(place: float, edge: float) -> float:
    """Return a place so far from the edges that a bubble is whole, on a phone as well."""
    return edge + min(max(place, 0), 1) * (1 - 2 * edge)


def _bubble(pen: Pen, one: Community, at: Spot) -> Markup:
    x = per_cent(at.x)
    circle = pen.draw("circle", f"{kind(one.colour)} t3", cx=x, cy=at.y, r=at.radius)
    roomy = len(one.members_text) * LETTER < 2 * at.radius - 6
    inside = pen.text("c-name", one.members_text, x, at.y + 4, "middle") if roomy else Markup()
    return link(pen, one.href, one.text, circle, inside)
