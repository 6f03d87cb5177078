"""What the people of the stories do at the pages, and how they wait for what happens beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

Enter = Callable[..., Page]
OWNER, CLERK, BUILDER = 0, 1, 2  # of the logins of firms: two of one firm, the owner of another
NUMBERS = count(1)
in_every_language = pytest.mark.parametrize("language", ["de", "en", "da"])


def fill_in(page: Page, partner: str, **changed: str) -> str:
    """Fill in the form of a subcontract, and return the job's title."""
    today = datetime.now(UTC).date()
    title = f"Welle {next(NUMBERS)}"
    values = {
        "partner": partner,
        "title": title,
        "terms-value-amount": "48200.00",
        "terms-period-from": f"{today - timedelta(days=30)}",
        "terms-period-to": f"{today - timedelta(days=2)}",
        "completed_on": f"{today - timedelta(days=1)}",
        **changed,
    }
    page.goto("/record?kind=subcontract")
    for name, value in values.items():
        page.locator(f"#{name}").fill(value)
    return title


def send(page: Page) -> None:
    """Send the form of the page that records."""
    page.locator("#form button.primary").click()


def record(page: Page, partner: str) -> str:
    """Record a finished subcontract with this partner, and return its title."""
    title = fill_in(page, partner)
    send(page)
    expect(page.locator("p.notice")).to_be_visible()
    return title


def firm_of(page: Page) -> str:
    """Return the name of the firm that somebody acts for."""
    return page.locator(".whoami small").inner_text()


def appears(page: Page, view: str, *titles: str) -> Locator:
    """Wait until these jobs stand in a view of the inbox, open it, and return its lines."""
    wait_until(page, lambda: set(titles) <= {job["title"] for job in said(page, f"/inbox.json?view={view}")["items"]})
    page.goto(f"/inbox?view={view}")
    for title in titles:
        expect(page.locator("nav.list")).to_contain_text(title)
    return page.locator("nav.list")


def said(page: Page, path: str) -> Any:
    """Return the JSON beside a page."""
    return page.context.request.get(path).json()


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the worker and the read models do beside the pages."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not happen")
