"""A job from the form to both histories, and everything else that a firm does with it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

LANGUAGES = ("de", "en", "da")
Enter = Callable[..., Page]
OWNER, CLERK, BUILDER = 0, 1, 2  # of the logins of firms: two of one firm, the owner of another
LIVE = 20_000  # milliseconds until an open page shows what happened elsewhere
NUMBERS = count(1)
in_every_language = pytest.mark.parametrize("language", LANGUAGES)


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


def confirmed_jobs(page: Page) -> int:
    """Return how many jobs the firm's own page counts."""
    page.goto("/mine")
    return sum(int(re.sub(r"\D", "", said) or 0) for said in page.locator(".key b").all_inner_texts())


def wait_until(page: Page, holds: Callable[[], bool]) -> None:
    """Wait for what the worker and the read models do beside the pages."""
    for _ in range(100):
        if holds():
            return
        page.wait_for_timeout(200)
    raise AssertionError("it did not happen")


@in_every_language
def test_a_job_is_recorded_and_confirmed(enter: Enter, language: str) -> None:
    """The partner's open inbox shows it by itself; confirmed, it stands in both histories and counts for both."""
    ours, theirs = enter("firm", OWNER, language=language), enter("firm", BUILDER, language=language)
    before = confirmed_jobs(ours), confirmed_jobs(theirs)
    theirs.goto("/inbox")
    title = record(ours, firm_of(theirs))
    expect(theirs.locator("nav.list")).to_contain_text(title, timeout=LIVE)
    theirs.locator("nav.list a", has_text=title).click()
    theirs.locator("button[data-key=c]").click()
    expect(theirs.locator(".notice").first).to_be_visible()
    for page in (ours, theirs):
        appears(page, "done", title)
    assert (confirmed_jobs(ours), confirmed_jobs(theirs)) == (before[0] + 1, before[1] + 1)


@in_every_language
def test_three_faults_are_told_at_once(enter: Enter, language: str) -> None:
    """The summary has the focus, each line leads to its field, and what was typed stays."""
    page = enter("firm", OWNER, language=language)
    fill_in(page, "Weidenwarft", **{"title": "", "terms-value-amount": "many", "terms-period-from": ""})
    send(page)
    summary = page.locator("#summary")
    expect(summary).to_be_focused()
    assert page.locator("#terms-value-amount").input_value() == "many"
    links = summary.locator("a")
    assert links.count() == 3
    for link in links.all():
        field = page.locator(link.get_attribute("href") or "")
        link.click()
        expect(field).to_be_focused()
        expect(field).to_have_attribute("aria-invalid", "true")


@in_every_language
def test_it_works_without_javascript(enter: Enter, language: str) -> None:
    """Recording and confirming are forms."""
    ours = enter("firm", BUILDER, language=language, script=False)
    theirs = enter("firm", CLERK, language=language, script=False)
    title = record(ours, firm_of(theirs))
    appears(theirs, "todo", title).locator("a", has_text=title).click()
    theirs.locator("button[data-key=c]").click()
    appears(theirs, "done", title)


@in_every_language
def test_the_inbox_by_keyboard(enter: Enter, language: str) -> None:
    """The first stop of the tabulator skips the navigation; J and K walk through the jobs, C confirms."""
    ours, theirs = enter("firm", BUILDER, language=language), enter("firm", OWNER, language=language)
    titles = [record(ours, firm_of(theirs)) for _ in range(2)]
    appears(theirs, "todo", *titles)
    theirs.keyboard.press("Tab")
    expect(theirs.locator("a.skip")).to_be_focused()
    theirs.keyboard.press("Enter")
    expect(theirs.locator("#main")).to_be_focused()
    first = theirs.locator("#job").inner_text()
    theirs.keyboard.press("j")
    expect(theirs.locator("#job")).not_to_have_text(first)
    theirs.keyboard.press("k")
    expect(theirs.locator("#job")).to_have_text(first)
    theirs.keyboard.press("c")
    expect(theirs.locator(".notice").first).to_contain_text(first)
    expect(theirs.locator("nav.list")).not_to_contain_text(first)
    appears(theirs, "done", first)
