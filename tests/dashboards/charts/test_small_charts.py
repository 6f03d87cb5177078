"""Sparklines, bars, shares, factors, heat: the small ones, each by one example."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.dashboards.charts import bars, factors, heat, shares, sparkline
from ledger.dashboards.charts.parts import Figure, Key, Table
from ledger.dashboards.charts.svg import Medium
from tests.dashboards.charts.examples import CAPTION, FIGURES
from tests.dashboards.charts.reading import all_of, read, words

THREE = (Figure("Sep", 0, "0"), Figure("Oct", 9, "9"), Figure("Nov", 3, "3"))
FACTORS = (Figure("Confirmed", 6, "+6.0"), Figure("Corrections", -2, "–2.0"))
PARTS = (shares.Share("DE", 46, "46 %", 0), shares.Share("Both", 20, "20 %", 1), shares.Share("DK", 34, "34 %", 2))


def test_a_sparkline_goes_from_left_to_right_and_ends_in_a_dot() -> None:
    """Its lowest value lies at the bottom, its highest at the top."""
    root = read(sparkline.sparkline(sparkline.Sparkline(CAPTION, THREE), width=96, height=24))
    assert all_of(root, "polyline")[0].get("points") == "3,21 48,3 93,15"
    (dot,) = all_of(root, "circle")
    assert (dot.get("cx"), dot.get("cy")) == ("93", "15")
    assert sparkline.table(sparkline.Sparkline(CAPTION, THREE), "Month", "Jobs").rows == (
        ("Sep", "0"),
        ("Oct", "9"),
        ("Nov", "3"),
    )


def test_bars_have_their_figure_above_and_their_name_below() -> None:
    """The highest fills the height; one of nothing has no bar, and still its figure."""
    root = read(bars.bars(bars.Bars(CAPTION, THREE)))
    assert [(rect.get("y"), rect.get("height")) for rect in all_of(root, "rect")] == [("18", "80"), ("71.33", "26.67")]
    assert words(root) == ["0", "Sep", "9", "Oct", "3", "Nov"]
    assert [group.get("data-label") for group in root.findall("g")] == ["Sep: 0", "Oct: 9", "Nov: 3"]


def test_a_share_fills_its_part_of_the_track() -> None:
    """The words stand beside it: on the page it is hidden from readers, in a tagged PDF it is named."""
    own = shares.Share("Møller & Søn", 10.5, "10.5 %", None)
    page, paper = (read(shares.bar(own, 21, medium)) for medium in (Medium.PAGE, Medium.PDF))
    assert all_of(page, "rect", "c-rest")[0].get("width") == "50%"
    assert page.get("aria-hidden") == "true"
    assert paper.findtext("title") == "Møller & Søn: 10.5 %"


def test_a_split_bar_is_a_whole() -> None:
    """Each part begins where the one before it ends."""
    rects = all_of(read(shares.split(shares.Split(CAPTION, PARTS))), "rect")
    assert [(rect.get("x"), rect.get("width")) for rect in rects] == [("0%", "46%"), ("46%", "20%"), ("66%", "34%")]
    assert shares.legend(shares.Split(CAPTION, PARTS))[1] == Key("k2", "Both", "20 %")
    assert shares.table(PARTS, "Where", "Share").rows == (("DE", "46 %"), ("Both", "20 %"), ("DK", "34 %"))


def test_factors_reach_left_and_right_of_one_line() -> None:
    """All rows share the line at zero and the width of a point."""
    more, less = (read(picture) for picture in factors.bars(FACTORS))
    assert {line.get("x1") for root in (more, less) for line in all_of(root, "line")} == {"25.5%"}
    assert (all_of(more, "rect", "c-up")[0].get("x"), all_of(more, "rect")[0].get("width")) == ("25.5%", "73.5%")
    assert (all_of(less, "rect", "c-down")[0].get("x"), all_of(less, "rect")[0].get("width")) == ("1%", "24.5%")
    assert factors.table(FACTORS, "Factor", "Points").rows == (("Confirmed", "+6.0"), ("Corrections", "–2.0"))


@given(st.lists(FIGURES, max_size=9))
def test_every_factor_gets_its_row(rows: list[Figure]) -> None:
    """None is left out, in picture and table."""
    assert len(factors.bars(rows)) == len(factors.table(rows, "Factor", "Points").rows) == len(rows)


def test_heat_has_five_steps() -> None:
    """A fifth of the highest value each; nothing is the palest."""
    assert heat.steps([[0, 20, 21], [71, 60, 100]]) == (("heat-1", "heat-1", "heat-2"), ("heat-4", "heat-3", "heat-5"))
    assert heat.steps([[0, 0]]) == (("heat-1", "heat-1"),)
    assert heat.steps([]) == ()


def test_a_heat_table_names_its_rows_like_its_columns() -> None:
    """The corner names neither."""
    table = heat.table("Sector", ["A", "B"], [["1", "2"], ["2", "3"]])
    assert table == Table(("Sector", "A", "B"), (("A", "1", "2"), ("B", "2", "3")))
