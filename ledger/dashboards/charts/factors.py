"""What moves a score: for each factor a bar left or right of zero, all on one scale, one picture a row."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from ledger.dashboards.charts.parts import Figure, Table
from ledger.dashboards.charts.svg import Medium, Pen, per_cent

HEIGHT, THICK = 14, 9  # pixels: a row's picture and its bar; the line at zero is as high as the picture
EDGE = 1  # per cent that stay free, so that the line at zero is never cut


def bars(factors: Sequence[Figure], medium: Medium = Medium.PAGE) -> tuple[Markup, ...]:
    """Draw one picture for each factor, whose value is its points; the line at zero is at one place in all."""
    low = min((0, *(factor.value for factor in factors)))
    high = max((0, *(factor.value for factor in factors)))
    parts = [factor.value / ((high - low) or 1) * (100 - 2 * EDGE) for factor in factors]
    zero = EDGE - min((0, *parts))
    return tuple(_bar(Pen(medium), factor, zero, part) for factor, part in zip(factors, parts, strict=True))


def table(factors: Sequence[Figure], factor: str, points: str) -> Table:
    """Return factors and points as rows, under the words for both."""
    return Table((factor, points), tuple((one.label, one.text) for one in factors))


def _bar(pen: Pen, factor: Figure, zero: float, width: float) -> Markup:
    look, left = ("c-up", zero) if width >= 0 else ("c-down", zero + width)
    size = {"y": (HEIGHT - THICK) / 2, "height": THICK, "rx": 2}
    bar = pen.draw("rect", look, x=per_cent(left), width=per_cent(abs(width)), **size)
    line = pen.draw("line", "c-zero", x1=per_cent(zero), x2=per_cent(zero), y1=0, y2=HEIGHT)
    return pen.mark(f"{factor.label}: {factor.text}", HEIGHT, bar, line)
