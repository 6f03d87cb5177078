"""Stacked columns by month and kind."""

from __future__ import annotations

import pytest
from hypothesis import given

from ledger.dashboards.charts import columns
from ledger.dashboards.charts.parts import Key
from ledger.dashboards.charts.svg import Medium
from tests.dashboards.charts.examples import CAPTION, column_charts
from tests.dashboards.charts.reading import all_of, read, settings, words

CHART = columns.Columns(
    CAPTION,
    (columns.Series("Joint order", 0), columns.Series("Training & visit", 2)),
    (columns.Column("Oct", (40, 10)), columns.Column("Nov", (20, 0), "so far")),
    lambda value: f"{value:.0f}",
)


def test_segments_stand_on_each_other_with_a_gap_between() -> None:
    """The first kind stands on the line, the next one above; a pixel stays free."""
    first, second = (all_of(read(columns.columns(CHART, height=136)), "rect", look)[0] for look in ("k1", "k3"))
    assert settings(first) == {
        "class": "k1",
        "x": "9.25%",
        "y": "32",
        "width": "31.5%",
        "height": "79",
        "rx": "2",
    }
    assert (second.get("y"), second.get("height")) == ("12", "19")


def test_a_month_that_is_not_over_is_paler_and_says_so() -> None:
    """Its words stand over it, and nothing else of the chart is pale."""
    root = read(columns.columns(CHART))
    (pale,) = all_of(root, "g", "c-so-far")
    assert len(all_of(pale, "rect")) == 1
    assert words(root) == ["10", "20", "30", "40", "50", "Oct", "so far", "Nov", "0"]


def test_columns_can_be_read_by_keyboard() -> None:
    """The picture takes the focus, and every column has the words to be spoken."""
    root = read(columns.columns(CHART))
    assert (root.get("data-chart"), root.get("tabindex")) == ("columns", "0")
    spoken = [group.get("data-label") for group in root.findall("g")]
    assert spoken == ["Oct: 50 (Joint order 40, Training & visit 10)", "Nov so far: 20 (Joint order 20)"]


def test_paper_has_nothing_to_walk() -> None:
    """No focus, no spoken words, and the caption in one piece, for a tagged PDF knows the title alone."""
    root = read(columns.columns(CHART, Medium.PDF))
    assert root.get("tabindex") is None
    assert root.findtext("title") == "Title. What it shows"


@pytest.mark.parametrize(("months", "named", "on_a_phone"), [(3, 3, 3), (12, 12, 6), (24, 12, 6), (36, 12, 6)])
def test_months_are_named_where_there_is_room(months: int, named: int, on_a_phone: int) -> None:
    """The last month always is."""
    chart = columns.Columns(CAPTION, (), tuple(columns.Column(f"m{at}", ()) for at in range(months)), str)
    names = [text for text in all_of(read(columns.columns(chart)), "text") if (text.text or "").startswith("m")]
    assert len(names) == named
    narrow = [text.text for text in names if "c-wide" not in text.get("class", "")]
    assert len(narrow) == on_a_phone
    assert narrow[-1] == f"m{months - 1}"


@given(column_charts())
def test_the_table_holds_what_the_picture_shows(chart: columns.Columns) -> None:
    """A row for each column, a segment for each figure that is not nothing."""
    table = columns.table(chart, "Month", "Total")
    figures = [[int(cell) for cell in row[1:]] for row in table.rows]
    assert [row[0] for row in table.rows] == [column.label for column in chart.columns]
    assert all(row[-1] == sum(row[:-1]) for row in figures)
    root = read(columns.columns(chart))
    drawn = [len([rect for rect in all_of(group, "rect") if rect.get("rx")]) for group in root.findall("g")]
    assert drawn == [sum(figure > 0 for figure in row[:-1]) for row in figures]


def test_the_legend_names_the_kinds() -> None:
    """In their colours."""
    assert columns.legend(CHART) == (Key("k1", "Joint order"), Key("k3", "Training & visit"))
