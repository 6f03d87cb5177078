"""A job from the form to both histories in a real browser: by hand, from an invoice, by keyboard, without script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.acts import BUILDER, CLERK, OWNER, Enter, appears, fill_in, firm_of, in_every_language, record, send

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

LIVE = 20_000  # milliseconds until an open page shows what happened elsewhere
INVOICES = Path(__file__).parents[3] / "shared/data/invoices/zugferd"  # real ones; not part of the repository
OF_LANGUAGE = {"de": "EN16931_Elektron.pdf", "en": "EN16931_Einfach.cii.xml", "da": "XRECHNUNG_Elektron.ubl.xml"}


def confirmed_jobs(page: Page) -> int:
    """Return how many jobs the firm's own page counts."""
    page.goto("/mine")
    return sum(int(re.sub(r"\D", "", said) or 0) for said in page.locator(".key b").all_inner_texts())


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


@pytest.mark.skipif(not INVOICES.is_dir(), reason="no real invoices at ../shared/data/invoices")
@in_every_language
def test_an_invoice_becomes_a_job(enter: Enter, language: str) -> None:
    """It is read into the form with its amount and what is unsure of it; corrected, it is recorded."""
    ours, theirs = enter("firm", BUILDER, language=language), enter("firm", OWNER, language=language)
    ours.goto("/record")
    ours.locator("details.drop summary").click()
    ours.locator("#invoice").set_input_files(INVOICES / OF_LANGUAGE[language])
    ours.locator("details.drop button").click()
    expect(ours.locator(".note.warn li").first).to_be_visible()
    assert ours.locator("#terms-value-amount").input_value() in ("252,10", "252.10", "473.00")
    title = f"Order of {language}"
    ours.locator("#title").fill(title)
    ours.locator("#partner").fill(firm_of(theirs))
    send(ours)
    expect(ours.locator("#job")).to_have_text(title)
    expect(ours.locator(".said code")).to_be_visible()
    appears(theirs, "todo", title)
