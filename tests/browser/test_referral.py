"""A bank reads a referral: at every width and theme, and on one sheet of paper in every language."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.browser.reader import Reader, Theme
from tests.browser.test_every_page import _faults

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

LOOKS: tuple[tuple[str, Theme, int], ...] = (("de", "light", 1440), ("da", "dark", 390), ("de", "light", 320))


def first(reader: Reader) -> str:
    """The address of the newest referral that the bank holds."""
    page = reader.sign_in("bank")
    page.goto("/referrals")
    found = page.locator("tbody th a").first.get_attribute("href")
    assert found is not None
    return found


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_the_sheet_is_sound(reader: Reader, look: tuple[str, Theme, int]) -> None:
    """As every page is, with the joint work behind it."""
    language, theme, width = look
    reader.sit_down(language=language, theme=theme, width=width)
    address = first(reader)
    assert [*_faults(reader, address, width), *_faults(reader, f"{address}/collaborations", width)] == []


def test_it_prints_on_one_sheet(reader: Reader) -> None:
    """Of A4, from the browser, in every language."""
    page = reader.sit_down()
    address = first(reader)
    counted = []
    for language in ("de", "en", "da"):
        page.goto(f"{address}?lang={language}")
        counted.append(len(PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages))
    assert counted == [1, 1, 1]
