"""Countries are shapes, so that nobody needs to see colours to tell them apart."""

from __future__ import annotations

from markupsafe import Markup

from ledger.dashboards.charts.svg import Medium, Pen, Settings, number

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


def sample(country: str, words: str, medium: Medium = Medium.PAGE) -> Markup:
    """Draw a country's shape for a legend, beside its name."""
    pen = Pen(medium)
    return _sample(pen, words, shape(pen, "c-ring", country, 6, 6, 4), 12)


def line_sample(words: str, medium: Medium = Medium.PAGE, *, crosses: bool) -> Markup:
    """Draw a line of the map for a legend, beside what it means."""
    pen = Pen(medium)
    line = pen.draw("line", "c-cross" if crosses else "c-edge", x1=0, x2=20, y1=6, y2=6, stroke_width=2)
    return _sample(pen, words, line, 20)


def _sample(pen: Pen, words: str, drawn: Markup, width: int) -> Markup:
    """Return a small picture beside its words: readers pass it over, but a tagged PDF wants every picture named."""
    frame: Settings = {"class": "sample", "width": width, "height": 12}
    if pen.on_page:
        return pen.draw("svg", "", drawn, **frame, aria_hidden="true")
    return pen.draw("svg", "", pen.draw("title", "", words), drawn, **frame)
