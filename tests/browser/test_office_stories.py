"""What the network's office decides and reports, in a real browser."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.acts import BUILDER, OWNER, Enter, appears, firm_of, in_every_language, record

pytestmark = pytest.mark.xdist_group("browser")  # one process: the demonstration is filled and served once

if TYPE_CHECKING:
    from playwright.sync_api import Page

CELLS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
YEAR = 2025
NAMED = 3  # columns before the figures: heading, name, unit
FEW = 10  # a report has more figures than that
BETWEEN_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}\b)")
Figures = dict[tuple[str, ...], str]  # by heading, name and unit


def open_job(page: Page, view: str, title: str) -> None:
    """Open a job of a view of the inbox."""
    appears(page, view, title).locator("a", has_text=title).click()
    expect(page.locator("#job")).to_have_text(title)


def dispute(page: Page, title: str, message: str) -> str:
    """Contest a confirmed job, and return its id."""
    open_job(page, "done", title)
    page.locator('.answer a[href*="do=dispute"]').click()
    page.locator("input[name=why]").first.check()
    page.locator("#message").fill(message)
    page.locator("article form button.danger").click()
    expect(page.locator("p.notice")).to_be_visible()
    return page.url.split("/inbox/")[1][:36]


@in_every_language
def test_a_dispute_is_raised_answered_and_settled(enter: Enter, language: str) -> None:
    """The office hears both sides, and both read what it decided."""
    ours, theirs = enter("firm", OWNER, language=language), enter("firm", BUILDER, language=language)
    office = enter("coordinator", language=language)
    title = record(ours, firm_of(theirs))
    open_job(theirs, "todo", title)
    theirs.locator("button[data-key=c]").click()
    expect(theirs.locator(".notice").first).to_be_visible()
    job = dispute(theirs, title, f"Two days late: {title}")

    open_job(ours, "disputed", title)
    ours.locator("#statement").fill(f"The note says otherwise: {title}")
    ours.locator(".said form button.primary").click()
    expect(ours.locator("p.notice")).to_be_visible()

    office.goto(f"/disputes/{job}/1")
    for words in (f"Two days late: {title}", f"The note says otherwise: {title}"):
        expect(office.locator("main")).to_contain_text(words)
    office.locator("#upheld").check()
    office.locator("#note").fill(f"It stands: {title}")
    office.locator("main form button.primary").click()
    expect(office.locator(".note.good")).to_be_visible()
    for page in (ours, theirs):
        open_job(page, "done", title)
        expect(page.locator("article .said").first).to_contain_text(f"It stands: {title}")


@in_every_language
def test_a_report_says_the_same_in_every_form(enter: Enter, language: str) -> None:
    """Each count of the table, of the workbook and of the page; and the paper has them all."""
    page = enter("coordinator", language=language)
    page.goto(f"/reports/{YEAR}")
    shown = page.locator("table.figures tbody tr").evaluate_all(
        "rows => rows.map((row) => [...row.cells].slice(0, 2).map((cell) => cell.innerText.trim()))"
    )
    text = fetched(page, ".csv", language).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter="," if language == "en" else ";"))
    whole: Figures = {tuple(row[:NAMED]): row[NAMED] for row in rows[1:] if row[NAMED].isdigit()}
    assert len(whole) > FEW
    assert whole.items() <= worksheet(fetched(page, ".xlsx", language)).items()
    on_page = {(name, re.sub(r"\D", "", said)) for name, said in shown}
    assert {(name, figure) for (heading, name, _), figure in whole.items() if heading != rows[1][0]} <= on_page
    paper = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(fetched(page, ".pdf", language))).pages)
    assert set(whole.values()) <= set(re.findall(r"\d+", BETWEEN_THOUSANDS.sub("", paper)))


def fetched(page: Page, suffix: str, language: str) -> bytes:
    """A file that the report's page leads to."""
    link = page.locator(f'.head a[href*="{suffix}"]').get_attribute("href")
    answer = page.context.request.get(f"{link}?lang={language}")
    assert answer.ok
    return bytes(answer.body())


def worksheet(content: bytes) -> Figures:
    """The first sheet of a workbook: this year's figure by heading, name and unit."""
    with ZipFile(io.BytesIO(content)) as book:
        strings = ["".join(one.itertext()) for one in _tree(book, "sharedStrings.xml")]
        rows = [
            [_cell(cell, strings) for cell in row.iter(f"{CELLS}c")]
            for row in _tree(book, "worksheets/sheet1.xml").iter(f"{CELLS}row")
        ]
    return {tuple(row[:NAMED]): row[NAMED] for row in rows[1:] if len(row) > NAMED}


def _tree(book: ZipFile, name: str) -> ET.Element:
    return ET.fromstring(book.read(f"xl/{name}"))  # noqa: S314 - written by the service itself


def _cell(cell: ET.Element, strings: list[str]) -> str:
    value = cell.findtext(f"{CELLS}v", "")
    return strings[int(value)] if cell.get("t") == "s" else value
