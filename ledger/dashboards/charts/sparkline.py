"""A sparkline: which way a figure went, small enough to stand under it."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ledger.dashboards.charts.parts import Caption, Figure, Table
from ledger.dashboards.charts.svg import Medium, Pen, number

EDGE = 3  # pixels: the last dot stands whole inside the picture


@dataclass(frozen=True, slots=True)
class Sparkline:
    """The figures of successive periods, the newest last."""

    caption: Caption
    figures: tuple[Figure, ...]


def sparkline(chart: Sparkline, medium: Medium = Medium.PAGE, width: int = 96, height: int = 24) -> Markup:
    """Draw the line, from its lowest to its highest value, with a dot at the newest."""
    pen, points = Pen(medium), _points([figure.value for figure in chart.figures], width, height)
    if not points:
        return pen.chart(chart.caption, height, width=width)
    joined = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    last = pen.draw("circle", "c-brand", cx=points[-1][0], cy=points[-1][1], r=2.5)
    return pen.chart(chart.caption, height, pen.draw("polyline", "c-spark", points=joined), last, width=width)


def table(chart: Sparkline, period: str, figure: str) -> Table:
    """Return the figures as rows, under the words for period and figure."""
    return Table((period, figure), tuple((one.label, one.text) for one in chart.figures))


def _points(values: list[float], width: int, height: int) -> list[tuple[float, float]]:
    if not values:
        return []
    low, spread = min(values), max(values) - min(values)
    step = (width - 2 * EDGE) / max(len(values) - 1, 1)
    parts = [(value - low) / spread if spread else 0.5 for value in values]
    first = width - EDGE - step * (len(values) - 1)  # a single dot stands where the newest always does
    return [(first + at * step, height - EDGE - part * (height - 2 * EDGE)) for at, part in enumerate(parts)]
