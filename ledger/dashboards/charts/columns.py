"""Stacked columns: how much of each kind, month by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import ceil

from markupsafe import Markup

from ledger.dashboards.charts.parts import Caption, Key, Table, kind
from ledger.dashboards.charts.scale import steps
from ledger.dashboards.charts.svg import Medium, Pen, per_cent

LEFT, TOP, BOTTOM = 36, 12, 24  # pixels for the scale, the first line, the months
BROAD, LABELS, LABELS_NARROW = 0.63, 12, 6
SLIM = 7  # per cent: a column that is not broader is slimmer than the words over it


@dataclass(frozen=True, slots=True)
class Series:
    """One kind: its name and the number of its colour."""

    label: str
    colour: int


@dataclass(frozen=True, slots=True)
class Column:
    """One month: a value for each series, and the words over a month that is not over."""

    label: str
    values: tuple[float, ...]
    so_far: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The chart; `write` writes a number as the reader does."""

    caption: Caption
    series: tuple[Series, ...]
    columns: tuple[Column, ...]
    write: Callable[[float], str]


def columns(chart: Columns, medium: Medium = Medium.PAGE, height: int = 280) -> Markup:
    """Draw the columns over their scale."""
    pen = Pen(medium)
    lines = steps(max((sum(column.values) for column in chart.columns), default=0))
    unit = (height - TOP - BOTTOM) / lines[-1]
    walk = {"data_chart": "columns", "tabindex": "0"} if pen.on_page else {}
    drawn = [_column(pen, chart, at, unit, height) for at in range(len(chart.columns))]
    scale = [_line(pen, chart.write(line), height - BOTTOM - line * unit, zero=not line) for line in lines]
    return pen.chart(chart.caption, height, *scale[1:], *drawn, scale[0], **walk)


def legend(chart: Columns) -> tuple[Key, ...]:
    """Return what the colours stand for."""
    return tuple(Key(kind(series.colour), series.label) for series in chart.series)


def table(chart: Columns, month: str, total: str) -> Table:
    """Return the columns as rows, under the words for month and total."""
    rows = (
        (column.label, *map(chart.write, column.values), chart.write(sum(column.values))) for column in chart.columns
    )
    return Table((month, *(series.label for series in chart.series), total), tuple(rows))


def _line(pen: Pen, label: str, y: float, *, zero: bool) -> Markup:
    line = pen.draw("line", "c-axis" if zero else "c-grid", x1=LEFT, x2="100%", y1=y, y2=y)
    return line + pen.text("c-tick", label, LEFT - 8, y + 4, "end")


def _column(pen: Pen, chart: Columns, at: int, unit: float, height: int) -> Markup:
    column, each = chart.columns[at], 100 / len(chart.columns)
    left, foot = each * (at + (1 - BROAD) / 2), height - BOTTOM
    middle, top = per_cent(each * (at + 0.5)), foot - sum(column.values) * unit
    parts = _segments(pen, chart, column, (left, each * BROAD), unit, foot)
    if column.so_far:
        over = (middle, "middle") if each > SLIM else (per_cent(each * (at + 1)), "end")
        parts = pen.draw("g", "c-so-far", parts) + pen.text("c-tick", column.so_far, over[0], top - 6, over[1])
    if look := _label_look(at, len(chart.columns)):
        parts += pen.text(look, column.label, middle, height - 6, "middle")
    shift = LEFT * (1 - (at + 0.5) / len(chart.columns))
    if not pen.on_page:
        return pen.moved(shift, 0, parts)
    spoken = _spoken(chart, column)
    reach = pen.draw("rect", "c-reach", x=per_cent(each * at), y=TOP, width=per_cent(each), height=foot - TOP)
    return pen.moved(shift, 0, pen.draw("title", "", spoken), reach, parts, data_label=spoken)


def _segments(
    pen: Pen, chart: Columns, column: Column, across: tuple[float, float], unit: float, foot: float
) -> Markup:
    drawn, x, width = Markup(), per_cent(across[0]), per_cent(across[1])
    for series, value in zip(chart.series, column.values, strict=True):
        if value > 0:
            foot -= value * unit
            high = max(value * unit - 1, 0.5)
            drawn += pen.draw("rect", kind(series.colour), x=x, y=foot, width=width, height=high, rx=2)
    return drawn


def _label_look(at: int, of: int) -> str:
    """Return the classes of a month's label, if it has one: the last always, some only where there is room."""
    back = of - 1 - at
    if back % ceil(of / LABELS):
        return ""
    return "c-tick c-wide" if back % ceil(of / LABELS_NARROW) else "c-tick"


def _spoken(chart: Columns, column: Column) -> str:
    pairs = zip(chart.series, column.values, strict=True)
    kinds = ", ".join(f"{series.label} {chart.write(value)}" for series, value in pairs if value)
    head = f"{column.label} {column.so_far}".strip()
    return f"{head}: {chart.write(sum(column.values))}" + (f" ({kinds})" if kinds else "")
