"""WeasyPrint draws the charts as browsers do: in per cent of their place, and named in a tagged PDF."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, NullObject, PdfObject

from ledger.dashboards.charts import distribution, shares
from ledger.dashboards.charts.parts import Figure
from ledger.dashboards.charts.svg import Medium
from tests.dashboards.charts.examples import CAPTION

PAGE = "<html lang=en><style>@page{{size:400px 400px;margin:0}}body{{margin:0;width:200px}}</style>{}"


def _printed(picture: str) -> bytes:
    try:
        from weasyprint import HTML  # noqa: PLC0415 - pango may be missing, and then nothing is printed at all
    except OSError:
        pytest.skip("WeasyPrint needs pango, which is not installed")
    return bytes(HTML(string=PAGE.format(picture)).write_pdf(pdf_tags=True))


def _drawing(paper: bytes) -> str:
    contents = PdfReader(BytesIO(paper)).pages[0].get_contents()
    return contents.get_data().decode("latin-1") if contents is not None else ""


def test_per_cent_are_those_of_the_place() -> None:
    """In a column of 200 pixels a quarter is 50, and its colour is that of the palette."""
    drawn = _drawing(_printed(shares.bar(shares.Share("One", 25, "25 %"), medium=Medium.PDF)))
    right_edges = {float(x) for x in re.findall(r"^(\S+) \S+ l$", drawn, re.MULTILINE)}
    assert {47.0, 197.0} <= right_edges  # the corner of each bar begins 3 pixels before its end
    assert "0.090196 0.247059 0.458824 rg" in drawn


def test_a_picture_is_named_in_a_tagged_pdf() -> None:
    """Title and description in one, for the reader of a PDF gets one text."""
    chart = distribution.Distribution(CAPTION, (1, 2), Figure("Median", 50, "50"), None)
    paper = PdfReader(BytesIO(_printed(distribution.distribution(chart, Medium.PDF))))
    assert list(_names(paper.root_object["/StructTreeRoot"])) == ["Title. What it shows"]


def _names(part: PdfObject) -> Iterator[str]:
    """Return the alternative texts of a part of the document and of what is in it."""
    found = part.get_object()
    if isinstance(found, DictionaryObject):
        if "/Alt" in found:
            yield str(found["/Alt"])
        yield from _names(found.get("/K", NullObject()))
    elif isinstance(found, ArrayObject):
        for inner in found:
            yield from _names(inner)
