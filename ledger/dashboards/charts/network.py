"""What the map of firms and the map of communities share: dots that lead somewhere, lines between them, names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from ledger.dashboards.charts.labels import Name, Spot, place
from ledger.dashboards.charts.svg import Pen, Settings, number, per_cent

EDGE, MARGIN = 3, 16  # per cent left and right, pixels above and below, that dots keep free
FINE = 10  # units to a per cent: the grid on which lines are drawn
WIDTHS = (1, 1.6, 2.3, 3)  # pixels: one job, two or three, four to seven, more


class Edge(NamedTuple):
    """Two that work together: how many jobs, and whether they cross the border."""

    a: str
    b: str
    jobs: int
    crosses: bool = False


class Line(NamedTuple):
    """An edge with its ends found and its looks decided."""

    a: Spot
    b: Spot
    look: str
    width: float


def spot(x: float, y: float, radius: float, words: str, height: float) -> Spot:
    """Return the place of a dot whose position is given from 0 to 1."""
    x, y = min(max(x, 0), 1), min(max(y, 0), 1)
    return Spot(EDGE + x * (100 - 2 * EDGE), MARGIN + y * (height - 2 * MARGIN), radius, words)


def lines(edges: Iterable[Edge], spots: dict[str, Spot], focus: str | None = None, fine: float = 1) -> list[Line]:
    """Return the lines between known dots, those across the border on top; with a focus only its own are strong."""
    known = sorted((edge for edge in edges if edge.a in spots and edge.b in spots), key=_order)
    return [Line(spots[edge.a], spots[edge.b], _look(edge, focus), fine * _width(edge.jobs)) for edge in known]


def draw_lines(pen: Pen, drawn: Sequence[Line], height: float) -> Markup:
    """Draw the lines: on the page those of one look are one path, which is a third of the bytes."""
    if not pen.on_page:  # WeasyPrint stretches the strokes of a stretched path
        return Markup().join(_one(pen, line) for line in drawn)
    paths: dict[tuple[str, float], list[str]] = defaultdict(list)
    for line in drawn:
        paths[line.look, line.width].append(f"M{_grid(line.a)}L{_grid(line.b)}")
    alike = [
        pen.draw("path", look, d="".join(parts), stroke_width=width, vector_effect="non-scaling-stroke")
        for (look, width), parts in paths.items()
    ]
    box: Settings = {"viewBox": f"0 0 {100 * FINE} {number(height)}", "preserveAspectRatio": "none"}
    return pen.draw("svg", "", *alike, width="100%", height=height, **box)


def draw_names(pen: Pen, named: Sequence[Spot], others: Sequence[Spot], height: float) -> Markup:
    """Draw the names that have room."""
    return Markup().join(_name(pen, name) for name in place(named, others, height))


def link(pen: Pen, href: str, words: str, *inside: Markup, look: str = "") -> Markup:
    """Return what leads somewhere on the page, and stays a picture on paper."""
    if not pen.on_page:
        return pen.draw("g", look, *inside)
    return pen.draw("a", look, pen.draw("title", "", words), *inside, href=href)


def partners(names: dict[str, str], edges: Iterable[Edge]) -> dict[str, str]:
    """Return for each id the names it is joined to, each with the number of jobs."""
    joined: dict[str, list[str]] = defaultdict(list)
    for edge in sorted(edges, key=lambda edge: (-edge.jobs, names.get(edge.a, ""), names.get(edge.b, ""))):
        if edge.a in names and edge.b in names:
            joined[edge.a].append(f"{names[edge.b]} ({edge.jobs})")
            joined[edge.b].append(f"{names[edge.a]} ({edge.jobs})")
    return {id: ", ".join(found) for id, found in joined.items()}


def _order(edge: Edge) -> tuple[bool, str, str, int]:
    return edge.crosses, edge.a, edge.b, edge.jobs


def _look(edge: Edge, focus: str | None) -> str:
    look = "c-cross" if edge.crosses else "c-edge"
    return look if focus is None or focus in (edge.a, edge.b) else f"{look} c-pale"


def _width(jobs: int) -> float:
    return WIDTHS[min(max(jobs, 1).bit_length(), len(WIDTHS)) - 1]


def _grid(end: Spot) -> str:
    return f"{end.x * FINE:.0f} {end.y:.0f}"


def _one(pen: Pen, line: Line) -> Markup:
    ends: Settings = {"x1": per_cent(line.a.x), "y1": line.a.y, "x2": per_cent(line.b.x), "y2": line.b.y}
    return pen.draw("line", line.look, stroke_width=line.width, **ends)


def _name(pen: Pen, name: Name) -> Markup:
    look = "c-name" if name.narrow else "c-name c-wide"
    at: Settings = {"x": per_cent(name.spot.x), "y": name.spot.y + name.dy, "dx": name.dx, "text_anchor": name.anchor}
    drawn = pen.draw("text", f"{look} c-halo" if pen.on_page else look, name.spot.words, **at)
    # WeasyPrint knows no paint-order: there the halo is a text of its own, below.
    return drawn if pen.on_page else pen.draw("text", "c-name c-halo", name.spot.words, **at) + drawn
