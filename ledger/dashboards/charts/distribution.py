"""A score on its scale from 0 to 100: the hill of its peers, the band it lies in, the dot, and the words below."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from ledger.dashboards.charts.labels import LETTER, NARROW
from ledger.dashboards.charts.parts import Caption, Figure, Table
from ledger.dashboards.charts.svg import Medium, Pen, number, per_cent

EDGE, HEIGHT = 2, 118  # per cent left and right, pixels from top to bottom
HILL, TRACK, THICK = 18, 54, 10  # pixels from the top: where the hill may begin, where the track does; its thickness
SOFTER = 2  # rounds of smoothing: peers are few, and a hill has no steps


@dataclass(frozen=True, slots=True)
class Interval:
    """The score and the two bands around it, and the words that say the narrow one."""

    score: float
    likely: tuple[float, float]  # 80 in 100
    wide: tuple[float, float]  # 95 in 100
    text: str


@dataclass(frozen=True, slots=True)
class Distribution:
    """Counts of peers in equal bins from 0 to 100; where there is no score, a few words: SVG does not wrap them."""

    caption: Caption
    peers: tuple[int, ...]
    median: Figure | None
    interval: Interval | None
    text: str = ""
    scale: tuple[str, ...] = ("0", "25", "50", "75", "100")


def distribution(chart: Distribution, medium: Medium = Medium.PAGE) -> Markup:
    """Draw the hill, the track, the band and the dot."""
    pen = Pen(medium)
    parts = [_hill(pen, chart.peers), _track(pen), *_scale(pen, chart.scale)]
    if chart.interval:
        parts += [_bands(pen, chart.interval), _median(pen, chart.median), _score(pen, chart.interval)]
    else:
        parts += [_median(pen, chart.median), pen.text("c-name", chart.text, _at(0), HEIGHT - 6)]
    return pen.chart(chart.caption, HEIGHT, *parts)


def table(chart: Distribution, score: str, peers: str) -> Table:
    """Return the bins as rows, under the words for score and peers; the firm's own interval is the last of them."""
    width = 100 / max(len(chart.peers), 1)
    bins = ((f"{at * width:.0f}–{(at + 1) * width:.0f}", str(count)) for at, count in enumerate(chart.peers))
    median = [(chart.median.label, chart.median.text)] if chart.median else []
    own = [(chart.interval.text, number(chart.interval.score))] if chart.interval else []
    return Table((score, peers), (*bins, *median, *own))


def _at(value: float) -> str:
    return per_cent(EDGE + min(max(value, 0), 100) * (100 - 2 * EDGE) / 100)


def _wide(low: float, high: float) -> str:
    return per_cent((min(high, 100) - max(low, 0)) * (100 - 2 * EDGE) / 100)


def _said(pen: Pen, look: str, words: str, value: float, y: float) -> Markup:
    """Return words at their value: over its middle where a phone has room, or sliding along it, never past an end."""
    broad, place = len(words) * LETTER, min(max(value, 0), 100) / 100
    if broad / 2 <= min(place, 1 - place) * NARROW:
        return pen.text(look, words, _at(value), y, "middle")
    return pen.moved(-place * broad, 0, pen.text(look, words, _at(value), y))


def _hill(pen: Pen, peers: tuple[int, ...]) -> Markup:
    if not any(peers):
        return Markup()
    points = _ridge(peers)
    middles = [((x + after) / 2, (y + below) / 2) for (x, y), (after, below) in pairwise(points)]
    curve = "".join(
        f"Q{number(x)} {number(y)} {number(to)} {number(by)}"
        for (x, y), (to, by) in zip(points[1:], [*middles[1:], points[-1]], strict=False)
    )
    path = pen.draw("path", "c-hill", d=f"M0 {TRACK}L0 {number(points[0][1])}{curve}L100 {TRACK}Z")
    box = {"viewBox": f"0 0 100 {TRACK}", "preserveAspectRatio": "none"}
    return pen.draw("svg", "", path, x=_at(0), y=0, width=_wide(0, 100), height=TRACK, **box)


def _ridge(peers: tuple[int, ...]) -> list[tuple[float, float]]:
    """Return the points of the hill, smoothed, in a box 100 wide; it keeps its ends where the scale has its own."""
    soft: list[float] = list(peers)
    for _ in range(SOFTER):
        padded = [soft[0], *soft, soft[-1]]
        soft = [(padded[at] + 2 * padded[at + 1] + padded[at + 2]) / 4 for at in range(len(soft))]
    high = max(soft)
    levels = [TRACK - value / high * (TRACK - HILL) for value in soft]
    step = 100 / len(levels)
    inner = [((at + 0.5) * step, level) for at, level in enumerate(levels)]
    return [(0, levels[0]), *inner, (100, levels[-1])]


def _track(pen: Pen) -> Markup:
    return pen.draw("rect", "c-track", x=_at(0), y=TRACK, width=_wide(0, 100), height=THICK, rx=3)


def _scale(pen: Pen, labels: tuple[str, ...]) -> list[Markup]:
    step = 100 / max(len(labels) - 1, 1)
    ends = {0: "start", len(labels) - 1: "end"}
    return [
        pen.draw("line", "c-axis", x1=_at(at * step), x2=_at(at * step), y1=TRACK + THICK + 2, y2=TRACK + THICK + 6)
        + pen.text("c-tick", label, _at(at * step), TRACK + THICK + 19, ends.get(at, "middle"))
        for at, label in enumerate(labels)
    ]


def _median(pen: Pen, median: Figure | None) -> Markup:
    if median is None:
        return Markup()
    x = _at(median.value)
    line = pen.draw("line", "c-median", x1=x, x2=x, y1=HILL - 2, y2=TRACK + THICK)
    return line + _said(pen, "c-tick", f"{median.label} {median.text}", median.value, HILL - 6)


def _bands(pen: Pen, interval: Interval) -> Markup:
    looks = (("c-band", interval.wide, 0), ("c-band-strong", interval.likely, 2))
    return Markup().join(
        pen.draw("rect", look, x=_at(low), y=TRACK, width=_wide(low, high), height=THICK, rx=rx)
        for look, (low, high), rx in looks
    )


def _score(pen: Pen, interval: Interval) -> Markup:
    (low, high), top = interval.likely, TRACK + THICK + 27
    dot = pen.draw("circle", "c-score", cx=_at(interval.score), cy=TRACK + THICK / 2, r=8)
    ends = [pen.draw("line", "c-bracket", x1=_at(x), x2=_at(x), y1=top - 5, y2=top) for x in (low, high)]
    bar = pen.draw("line", "c-bracket", x1=_at(low), x2=_at(high), y1=top, y2=top)
    return Markup().join([dot, *ends, bar, _said(pen, "c-strong", interval.text, (low + high) / 2, HEIGHT - 6)])
