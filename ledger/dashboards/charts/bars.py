"""A few upright bars, each with its figure above and its name below."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from ledger.dashboards.charts.parts import Caption, Figure, Table, kind
from ledger.dashboards.charts.svg import Medium, Pen, Settings, per_cent

TOP, BOTTOM, BROAD = 18, 22, 0.56


@dataclass(frozen=True, slots=True)
class Bars:
    """The figures, in the order given, and the number of their colour."""

    caption: Caption
    figures: tuple[Figure, ...]
    colour: int = 4


def bars(chart: Bars, medium: Medium = Medium.PAGE, height: int = 120) -> Markup:
    """Draw the bars on their line; the highest fills the height."""
    pen, foot = Pen(medium), height - BOTTOM
    most = max((figure.value for figure in chart.figures), default=0)
    drawn = [_bar(pen, chart, at, most, foot) for at in range(len(chart.figures))]
    line = pen.draw("line", "c-axis", x1=0, x2="100%", y1=foot, y2=foot)
    walk = {"data_chart": "columns", "tabindex": "0"} if pen.on_page else {}
    return pen.chart(chart.caption, height, *drawn, line, **walk)


def table(chart: Bars, period: str, figure: str) -> Table:
    """Return the figures as rows, under the words for period and figure."""
    return Table((period, figure), tuple((one.label, one.text) for one in chart.figures))


def _bar(pen: Pen, chart: Bars, at: int, most: float, foot: int) -> Markup:
    figure, each = chart.figures[at], 100 / len(chart.figures)
    high = max(figure.value, 0) / most * (foot - TOP) if most > 0 else 0
    middle = per_cent(each * (at + 0.5))
    size: Settings = {"x": per_cent(each * (at + (1 - BROAD) / 2)), "width": per_cent(each * BROAD), "rx": 2}
    bar = pen.draw("rect", kind(chart.colour), y=foot - high, height=high, **size) if high > 0 else ""
    above = pen.text("c-name", figure.text, middle, foot - high - 6, "middle")
    below = pen.text("c-tick", figure.label, middle, foot + BOTTOM - 6, "middle")
    spoken = {"data_label": f"{figure.label}: {figure.text}"} if pen.on_page else {}
    return pen.draw("g", "", bar, above, below, **spoken)
