"""The pen."""

from __future__ import annotations

from ledger.dashboards.charts import shares
from ledger.dashboards.charts.svg import Medium, Pen, number, per_cent
from tests.dashboards.charts.examples import CAPTION
from tests.dashboards.charts.reading import read

PEN = Pen(Medium.PAGE)


def test_words_are_never_markup() -> None:
    """In elements and in attributes; what XML cannot write is left out."""
    words = "</text><script>alert('1')</script>\x00 & \"co\""
    text = read(PEN.draw("text", "c-name", words, data_label=words))
    assert text.text == text.get("data-label") == words.replace("\x00", "")
    assert len(text) == 0


def test_words_of_a_caption_are_escaped() -> None:
    """They come from outside as well."""
    share = shares.Share("<b>Sønner & Co</b>", 1, "1 %")
    assert "<b>" not in shares.bar(share, medium=Medium.PDF)


def test_coordinates_are_short_and_have_a_point() -> None:
    """In every locale, and zero has no sign."""
    assert [number(value) for value in (1 / 3, -0.001, 12.0, 1234567.5)] == ["0.33", "0", "12", "1234567.5"]
    assert [per_cent(value) for value in (-1, 33.333, 101)] == ["0%", "33.33%", "100%"]


def test_a_picture_names_its_title_and_text() -> None:
    """By ids that are its own on the page."""
    root = read(PEN.chart(CAPTION, 10))
    assert root.get("aria-labelledby") == "c1-title c1-text"
    assert [root[0].get("id"), root[1].get("id")] == ["c1-title", "c1-text"]
