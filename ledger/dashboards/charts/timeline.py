"""Dots by month over the years: one for each piece of joint work, coloured by kind, sized by value."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from ledger.dashboards.charts.parts import Caption, Key, Table, kind
from ledger.dashboards.charts.svg import Medium, Pen, per_cent

RADII = (3.5, 4.5, 5.5)  # pixels, by class of value
GAP, ROOM, MOST = 2.5, 56, 150  # pixels between dots; how high a stack may always be, and how high at most
TOP, BOTTOM = 6, 24
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Dot:
    """One piece of joint work; `text` says it in words. A waiting one has no answer from the partner yet."""

    year: int
    month: int
    colour: int
    text: str
    size: int = 0  # 0 to 2
    corrected: bool = False
    waiting: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """A kind: the number of its colour, and its name."""

    colour: int
    label: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dots from the first year to the last; `months` names January to December."""

    caption: Caption
    years: tuple[int, int]
    months: tuple[str, ...]
    kinds: tuple[Series, ...]
    dots: tuple[Dot, ...]


def timeline(chart: Timeline, medium: Medium = Medium.PAGE) -> Markup:
    """Draw the years side by side, and in each month its dots, one above the other."""
    pen, stacks = Pen(medium), _stacks(chart)
    highest = max((_high(stack) for stack in stacks.values()), default=0)
    shrink = min(1, MOST / highest) if highest else 1
    foot = TOP + max(ROOM, highest * shrink)
    months = [_month(pen, chart, month, stacks[month], foot, shrink) for month in sorted(stacks)]
    walk = {"data_chart": "columns", "tabindex": "0"} if pen.on_page else {}
    line = pen.draw("line", "c-axis", x1=0, x2="100%", y1=foot, y2=foot)
    return pen.chart(chart.caption, foot + BOTTOM, *_years(pen, chart, foot), line, *months, **walk)


def legend(chart: Timeline) -> tuple[Key, ...]:
    """Return what the colours stand for, with the number of dots that count."""
    counted = Counter(dot.colour for dot in chart.dots if not dot.waiting)
    return tuple(Key(kind(one.colour), one.label, str(counted[one.colour])) for one in chart.kinds)


def table(chart: Timeline, month: str, work: str) -> Table:
    """Return the dots as rows, under the words for month and work."""
    rows = (
        (f"{chart.months[at % MONTHS]} {at // MONTHS}", dot.text)
        for at, stack in sorted(_stacks(chart).items())
        for dot in stack
    )
    return Table((month, work), tuple(rows))


def _stacks(chart: Timeline) -> dict[int, list[Dot]]:
    """Return the dots of each month, whatever order they came in; those that wait lie on top."""
    stacks: dict[int, list[Dot]] = defaultdict(list)
    for dot in sorted(chart.dots, key=lambda dot: (dot.waiting, dot.colour, -dot.size, dot.text, dot.corrected)):
        if chart.years[0] <= dot.year <= chart.years[1]:
            stacks[dot.year * MONTHS + dot.month - 1].append(dot)
    return stacks


def _high(stack: list[Dot]) -> float:
    return sum(2 * RADII[dot.size] + GAP for dot in stack) + GAP


def _across(chart: Timeline, month: float) -> float:
    first, last = chart.years
    return 100 * (month - first * MONTHS) / ((last - first + 1) * MONTHS)


def _years(pen: Pen, chart: Timeline, foot: float) -> list[Markup]:
    first, last = chart.years
    drawn = []
    for year, after in pairwise(range(first, last + 2)):
        left, right = (_across(chart, one * MONTHS) for one in (year, after))
        drawn.append(pen.draw("line", "c-grid", x1=per_cent(left), x2=per_cent(left), y1=0, y2=foot + 4))
        drawn.append(pen.text("c-tick", str(year), per_cent((left + right) / 2), foot + BOTTOM - 6, "middle"))
    return drawn


def _month(pen: Pen, chart: Timeline, month: int, stack: list[Dot], foot: float, shrink: float) -> Markup:
    x, drawn, y = per_cent(_across(chart, month + 0.5)), Markup(), foot - GAP * shrink
    for dot in stack:
        radius = RADII[dot.size] * shrink
        drawn += _dot(pen, dot, x, y - radius, radius)
        y -= 2 * radius + GAP * shrink
    if not pen.on_page:
        return drawn
    spoken = f"{chart.months[month % MONTHS]} {month // MONTHS}: " + "; ".join(dot.text for dot in stack)
    return pen.draw("g", "", pen.draw("title", "", spoken), drawn, data_label=spoken)


def _dot(pen: Pen, dot: Dot, x: str, y: float, radius: float) -> Markup:
    if dot.waiting:
        return pen.draw("circle", f"{kind(dot.colour)} c-wait c-dot", cx=x, cy=y, r=max(radius - 0.8, 0.5))
    drawn = pen.draw("circle", f"{kind(dot.colour)} c-dot", cx=x, cy=y, r=radius)
    return drawn + pen.draw("circle", "c-ring c-around", cx=x, cy=y, r=radius + 1.7) if dot.corrected else drawn
