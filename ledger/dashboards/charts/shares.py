"""Shares of a whole: a bar for one row, and a bar split into its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from ledger.dashboards.charts.parts import Caption, Key, Table, kind
from ledger.dashboards.charts.svg import Medium, Pen, Settings, per_cent

THIN, THICK = 6, 24  # pixels: the bar of a row, the split bar


@dataclass(frozen=True, slots=True)
class Share:
    """A part: its name, how much it is, how that is written, and the number of its colour, none for the rest."""

    label: str
    value: float
    text: str
    colour: int | None = 0


@dataclass(frozen=True, slots=True)
class Split:
    """A whole in its parts, in the order given."""

    caption: Caption
    parts: tuple[Share, ...]


def bar(share: Share, most: float = 100, medium: Medium = Medium.PAGE) -> Markup:
    """Draw the bar of one row; the row with the most fills its track."""
    pen = Pen(medium)
    track = pen.draw("rect", "c-track", x=0, y=0, width="100%", height=THIN, rx=THIN / 2)
    part = _of(share.value, most)
    own = pen.draw("rect", _look(share), x=0, y=0, width=per_cent(part), height=THIN, rx=THIN / 2) if part else ""
    return pen.mark(f"{share.label}: {share.text}", THIN, track, own)


def split(chart: Split, medium: Medium = Medium.PAGE) -> Markup:
    """Draw the whole in one bar."""
    pen, whole = Pen(medium), sum(max(part.value, 0) for part in chart.parts)
    left, drawn = 0.0, []
    for part in chart.parts:
        width = _of(part.value, whole)
        if width:
            size: Settings = {"x": per_cent(left), "y": 0, "width": per_cent(width), "height": THICK, "rx": 2}
            drawn.append(pen.draw("rect", f"{_look(part)} c-part", **size))
        left += width
    return pen.chart(chart.caption, THICK, *drawn)


def legend(chart: Split) -> tuple[Key, ...]:
    """Return what the parts are, with their figures."""
    return tuple(Key(_look(part), part.label, part.text) for part in chart.parts)


def table(shares: Sequence[Share], part: str, share: str) -> Table:
    """Return parts and shares as rows, under the words for both."""
    return Table((part, share), tuple((one.label, one.text) for one in shares))


def _of(value: float, whole: float) -> float:
    return min(max(value, 0) / whole * 100, 100) if whole > 0 else 0


def _look(share: Share) -> str:
    return "c-rest" if share.colour is None else kind(share.colour)
