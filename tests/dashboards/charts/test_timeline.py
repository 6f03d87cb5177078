"""Dots by month over the years."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from ledger.dashboards.charts import timeline
from ledger.dashboards.charts.parts import Key
from tests.dashboards.charts.examples import CAPTION, MONTHS, TIMELINES
from tests.dashboards.charts.reading import all_of, read, words

DOTS = (
    timeline.Dot(2025, 1, 0, "Order, large", size=2),
    timeline.Dot(2025, 1, 1, "Subcontract", corrected=True),
    timeline.Dot(2026, 12, 0, "Order", waiting=True),
)
CHART = timeline.Timeline(
    CAPTION, (2025, 2026), MONTHS, (timeline.Series(0, "Order"), timeline.Series(1, "Subcontract")), DOTS
)


def test_dots_stand_in_their_month_on_each_other() -> None:
    """The place of a month is its middle; the radius is the class of value."""
    large, small = all_of(read(timeline.timeline(CHART)), "circle", "c-dot")[:2]
    assert (large.get("cx"), large.get("cy"), large.get("r")) == ("2.08%", "54", "5.5")
    assert (small.get("cx"), small.get("cy"), small.get("r")) == ("2.08%", "42.5", "3.5")


def test_a_ring_is_a_correction_and_dashes_are_waiting() -> None:
    """What waits is drawn, but not counted."""
    root = read(timeline.timeline(CHART))
    assert len(all_of(root, "circle", "c-ring")) == len(all_of(root, "circle", "c-wait")) == 1
    assert timeline.legend(CHART) == (Key("k1", "Order", "1"), Key("k2", "Subcontract", "1"))


def test_years_are_named_and_months_spoken() -> None:
    """Months without work are passed over."""
    root = read(timeline.timeline(CHART))
    assert words(root) == ["2025", "2026"]
    spoken = [group.get("data-label") for group in root.findall("g")]
    assert spoken == ["Jan 2025: Order, large; Subcontract", "Dec 2026: Order"]


def test_a_high_stack_gets_smaller_dots() -> None:
    """However much work there was in a month, the picture stays as high as a picture."""
    busy = timeline.Timeline(
        CAPTION, (2025, 2025), MONTHS, (), tuple(timeline.Dot(2025, 5, 0, str(at)) for at in range(200))
    )
    root = read(timeline.timeline(busy))
    assert len(all_of(root, "circle")) == 200
    assert float(root.get("height", "0")) == 180


@given(TIMELINES)
def test_the_order_of_dots_does_not_matter(chart: timeline.Timeline) -> None:
    """The same work gives the same picture and the same table."""
    other = replace(chart, dots=chart.dots[::-1])
    assert timeline.timeline(other) == timeline.timeline(chart)
    assert timeline.table(other, "Month", "Work") == timeline.table(chart, "Month", "Work")


@given(TIMELINES)
def test_the_table_holds_every_dot_of_the_picture(chart: timeline.Timeline) -> None:
    """A row a dot; dots of other years are in neither."""
    rows = timeline.table(chart, "Month", "Work").rows
    assert len(rows) == len(all_of(read(timeline.timeline(chart)), "circle", "c-dot"))
