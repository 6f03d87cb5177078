"""Countries are shapes, so that nobody needs to see colours to tell them apart."""

from __future__ import annotations

from markupsafe import Markup

from ledger.dashboards.charts.svg import Pen, number

SQUARE, DIAMOND = 0.89, 1.25  # half a side, half a diagonal: about as much ink as the circle of the same radius


def shape(pen: Pen, look: str, country: str, x: str | float, y: float, radius: float) -> Markup:
    """Draw a circle for Germany, a square for Denmark, a diamond for any other country."""
    if country == "DE":
        return pen.draw("circle", look, cx=x, cy=y, r=radius)
    if country == "DK":
        half = radius * SQUARE
        shift = f"translate(-{number(half)} -{number(half)})"
        return pen.draw("rect", look, x=x, y=y, width=2 * half, height=2 * half, rx=1, transform=shift)
    d = number(radius * DIAMOND)
    diamond = pen.draw("path", look, d=f"M-{d} 0L0 -{d}L{d} 0L0 {d}Z")
    return pen.draw("svg", "", diamond, x=x, y=y, overflow="visible")
