"""Every page: nothing that axe finds, nothing off host, nothing wider than the window, small, and no complaint."""

from __future__ import annotations

import os
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser.pages import FILES, NO_PAGES, PAGES
from tests.browser.reader import Reader, Theme
from tests.dashboards.access_table import TABLE

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

LANGUAGES = ("de", "en", "da")
THEMES: tuple[Theme, ...] = ("light", "dark")
WIDTHS = (1440, 390, 320)
# Each language, theme and width is seen by every page; LEDGER_EVERY_LOOK=1 shows it in all eighteen.
FEW: tuple[tuple[str, Theme, int], ...] = (("de", "light", 1440), ("da", "dark", 390), ("en", "light", 320))
LOOKS = tuple(product(LANGUAGES, THEMES, WIDTHS)) if os.environ.get("LEDGER_EVERY_LOOK") == "1" else FEW
MOST_TRANSFERRED = 30_000  # bytes
MOST_SCRIPT = 5_000
EVERYTHING = {"resultTypes": ["violations"]}


@pytest.mark.parametrize("role", sorted({seen.role or "" for seen in PAGES}))
@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(map(str, look)))
def test_pages_are_sound(reader: Reader, role: str, look: tuple[str, Theme, int]) -> None:
    """Whatever a role can open, at one look after the other."""
    language, theme, width = look
    reader.sit_down(language=language, theme=theme, width=width)
    if role:
        reader.sign_in(role)
    wrong = [
        fault for seen in PAGES if (seen.role or "") == role for fault in _faults(reader, reader.address(seen), width)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_page_is_left_out() -> None:
    """Whoever adds a page to the access table shows it here as well."""
    pages = {rule.removeprefix("GET ") for rule in TABLE if rule.startswith("GET ") and not rule.endswith(FILES)}
    assert pages - NO_PAGES == {seen.rule for seen in PAGES} - {""}


def _faults(reader: Reader, path: str, width: int) -> list[str]:
    visit = reader.visit(path.format(firm=reader.site.login("firm")["subject"]))
    found = [f"{rule['id']}: {rule['nodes'][0]['html'][:200]}" for rule in _violations(reader)]
    if visit.page.evaluate("document.documentElement.scrollWidth") > width:
        found.append("wider than the window")
    if visit.hosts != {reader.site.url.split("/")[2]}:
        found.append(f"asks {visit.hosts}")
    if visit.transferred > MOST_TRANSFERRED or visit.script > MOST_SCRIPT:
        found.append(f"{visit.transferred} bytes, {visit.script} of them script")
    found.extend(reader.complaints)
    reader.complaints.clear()
    return [f"{path}: {fault}" for fault in found]


def _violations(reader: Reader) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = Axe().run(reader.window, options=EVERYTHING).response["violations"]
    return results
