"""Every chart with made-up figures: small examples, and strategies that try what nobody thought of."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import strategies as st
from markupsafe import Markup

from ledger.dashboards.charts import (
    bars,
    bubbles,
    columns,
    distribution,
    factors,
    network_map,
    shares,
    sparkline,
    timeline,
)
from ledger.dashboards.charts.network import Edge
from ledger.dashboards.charts.parts import Caption, Figure
from ledger.dashboards.charts.svg import Medium

CAPTION = Caption("c1", "Title", "What it shows")
Draw = Callable[[Medium], Markup]

WORDS = st.text(max_size=30)
COUNTS = st.integers(0, 10**7)
AMOUNTS = st.floats(-1e9, 1e9, allow_nan=False)
PARTS = st.floats(-0.5, 1.5, allow_nan=False)  # a layout may err a little: positions are 0 to 1
COLOURS = st.integers(0, 30)
WEIGHTS = st.sampled_from([0, 1]) | st.floats(0, 1e6)  # many firms are equal
COUNTRIES = st.sampled_from(["DE", "DK", "PL", ""])
CAPTIONS = st.builds(Caption, st.just("c1"), WORDS, WORDS)
FIGURES = st.builds(Figure, WORDS, AMOUNTS, WORDS)


@st.composite
def column_charts(draw: st.DrawFn) -> columns.Columns:
    """Up to eight kinds over up to 36 months."""
    kinds = draw(st.lists(st.builds(columns.Series, WORDS, COLOURS), max_size=8))
    values = st.lists(COUNTS, min_size=len(kinds), max_size=len(kinds)).map(tuple)
    months = st.lists(st.builds(columns.Column, WORDS, values, WORDS), max_size=36)
    return columns.Columns(draw(CAPTIONS), tuple(kinds), tuple(draw(months)), lambda value: f"{value:.0f}")


@st.composite
def intervals(draw: st.DrawFn) -> distribution.Interval:
    """A score within its bands."""
    low, inner, score, upper, high = sorted(draw(st.tuples(*[st.floats(0, 100)] * 5)))
    return distribution.Interval(score, (inner, upper), (low, high), draw(WORDS))


MEDIANS = st.builds(Figure, WORDS, st.floats(0, 100), WORDS)
DISTRIBUTIONS = st.builds(
    distribution.Distribution,
    CAPTIONS,
    st.lists(COUNTS, max_size=30).map(tuple),
    st.none() | MEDIANS,
    st.none() | intervals(),
    WORDS,
)
DOTS = st.builds(
    timeline.Dot,
    st.integers(2019, 2027),
    st.integers(1, 12),
    COLOURS,
    WORDS,
    st.integers(0, 2),
    st.booleans(),
    st.booleans(),
)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
TIMELINES = st.builds(
    timeline.Timeline,
    CAPTIONS,
    st.tuples(st.integers(2020, 2022), st.integers(2022, 2026)),
    st.just(MONTHS),
    st.just(()),
    st.lists(DOTS, max_size=60).map(tuple),
)
SHARES = st.builds(shares.Share, WORDS, st.floats(0, 1e6), WORDS, st.none() | COLOURS)
IDS = st.sampled_from([f"f{number}" for number in range(20)])
EDGES = st.lists(st.builds(Edge, IDS, IDS, st.integers(1, 500), st.booleans()), max_size=40).map(tuple)
FIRMS = st.builds(network_map.Firm, IDS, WORDS, WORDS, COUNTRIES, COLOURS, WORDS, PARTS, PARTS, WEIGHTS, WORDS)
MAPS = st.builds(
    network_map.NetworkMap,
    CAPTIONS,
    st.lists(FIRMS, max_size=20, unique_by=lambda firm: firm.id).map(tuple),
    EDGES,
    st.lists(FIRMS, max_size=40).map(tuple),
    WORDS,
    st.none() | IDS,
)
COMMUNITIES = st.builds(bubbles.Community, IDS, WORDS, WORDS, PARTS, PARTS, COUNTS, WORDS, WORDS, COLOURS)
BUBBLES = st.builds(
    bubbles.Bubbles, CAPTIONS, st.lists(COMMUNITIES, max_size=20, unique_by=lambda one: one.id).map(tuple), EDGES
)

# Every chart as something to draw on either medium.
DRAWN: dict[str, st.SearchStrategy[Draw]] = {
    "columns": column_charts().map(lambda chart: lambda medium: columns.columns(chart, medium)),
    "sparkline": st.builds(sparkline.Sparkline, CAPTIONS, st.lists(FIGURES, max_size=30).map(tuple)).map(
        lambda chart: lambda medium: sparkline.sparkline(chart, medium)
    ),
    "distribution": DISTRIBUTIONS.map(lambda chart: lambda medium: distribution.distribution(chart, medium)),
    "factors": st.lists(FIGURES, min_size=1, max_size=9).map(lambda rows: lambda medium: factors.bars(rows, medium)[0]),
    "timeline": TIMELINES.map(lambda chart: lambda medium: timeline.timeline(chart, medium)),
    "share": st.tuples(SHARES, st.floats(0, 1e6)).map(lambda two: lambda medium: shares.bar(*two, medium)),
    "split": st.builds(shares.Split, CAPTIONS, st.lists(SHARES, max_size=8).map(tuple)).map(
        lambda chart: lambda medium: shares.split(chart, medium)
    ),
    "network_map": MAPS.map(lambda chart: lambda medium: network_map.network_map(chart, medium)),
    "bubbles": BUBBLES.map(lambda chart: lambda medium: bubbles.bubbles(chart, medium)),
    "bars": st.builds(bars.Bars, CAPTIONS, st.lists(FIGURES, max_size=12).map(tuple), COLOURS).map(
        lambda chart: lambda medium: bars.bars(chart, medium)
    ),
}
