"""A score on the distribution of its peers."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.dashboards.charts import distribution
from ledger.dashboards.charts.parts import Figure
from tests.dashboards.charts.examples import CAPTION, DISTRIBUTIONS
from tests.dashboards.charts.reading import all_of, read, words

MEDIAN = Figure("Median", 58, "58")
INTERVAL = distribution.Interval(75, (70, 80), (50, 100), "4 in 5: 70 to 80")
CHART = distribution.Distribution(CAPTION, (1, 4, 2), MEDIAN, INTERVAL)


def test_the_dot_lies_in_its_bands() -> None:
    """The narrow band lies in the wide one, on one scale with the dot."""
    root = read(distribution.distribution(CHART))
    assert all_of(root, "circle", "c-score")[0].get("cx") == "74%"
    bands = [all_of(root, "rect", look)[0] for look in ("c-band", "c-band-strong")]
    assert [(band.get("x"), band.get("width")) for band in bands] == [("50%", "48%"), ("69.2%", "9.6%")]
    assert words(root) == ["0", "25", "50", "75", "100", "Median 58", "4 in 5: 70 to 80"]


def test_without_a_score_there_is_no_dot() -> None:
    """Only the hill of the others, and the words why."""
    chart = distribution.Distribution(CAPTION, (1, 4, 2), MEDIAN, None, "Too little evidence")
    root = read(distribution.distribution(chart))
    assert all_of(root, "circle") == all_of(root, "rect", "c-band") == []
    assert len(all_of(root, "path", "c-hill")) == 1
    assert words(root)[-1] == "Too little evidence"


def test_without_peers_there_is_no_hill() -> None:
    """And no median: the score stands alone."""
    chart = distribution.Distribution(CAPTION, (), None, INTERVAL)
    root = read(distribution.distribution(chart))
    assert all_of(root, "path") == all_of(root, "line", "c-median") == []


@given(st.floats(0, 100), st.integers(1, 36))
def test_words_at_a_value_stay_in_a_narrow_picture(value: float, long: int) -> None:
    """Centred where there is room on a phone, else moved left by their part of the way: never past an end."""
    chart = distribution.Distribution(CAPTION, (1,), Figure("", value, "x" * long), None)
    text = next(one for one in all_of(read(distribution.distribution(chart)), "text") if "x" in (one.text or ""))
    broad, at = (long + 1) * 6.6, float(text.get("x", "").rstrip("%")) * 2.5
    parent = text.getparent()
    moved = parent.get("transform", "translate(0 0)") if parent is not None else ""
    left = at - broad / 2 if text.get("text-anchor") else at + float(moved[10:].split()[0])
    assert left >= -1
    assert left + broad <= 251


@given(DISTRIBUTIONS)
def test_the_table_holds_bins_median_and_score(chart: distribution.Distribution) -> None:
    """A row for each bin, for the median, for the interval."""
    rows = distribution.table(chart, "Score", "Firms").rows
    assert [row[1] for row in rows[: len(chart.peers)]] == [str(count) for count in chart.peers]
    assert len(rows) == len(chart.peers) + bool(chart.median) + bool(chart.interval)
