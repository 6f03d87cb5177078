"""Pages as a reader sees them in a real Chromium: weight and shifts of all, first paint on a slow line of some."""

from __future__ import annotations

import shutil
from statistics import median
from typing import TYPE_CHECKING

from playwright.sync_api import sync_playwright

from scripts.benchmarks.report import Row, Rows
from tests.browser.conftest import NAMES
from tests.browser.pages import PAGES, SHEET, Seen
from tests.browser.reader import Reader

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

    from tests.browser.site import Site

SLOW_LINE = (Seen("/overview", "coordinator", "/overview"), SHEET, Seen("/inbox", "firm", "/inbox"))
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
SLOWER = 4  # times, of the processor
# Both are told to whoever asks afterwards as well.
SHIFT = """() => new Promise((done) => { let sum = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) sum += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 300); })"""
PAINTED = """() => new Promise((done) => new PerformanceObserver((list) => {
  for (const one of list.getEntriesByName("first-contentful-paint")) done(one.startTime); })
    .observe({ type: "paint", buffered: true }))"""


def measure(site: Site, visits: int) -> Rows:
    """Look at every page once in German, and at three of them on a slow line; nothing without Chromium."""
    chromium = next((path for name in NAMES if (path := shutil.which(name))), None)
    if chromium is None:
        print("left out: what needs a browser, for Chromium is not installed")
        return {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        try:
            return {**_weights(site, browser), **_paints(site, browser, visits)}
        finally:
            browser.close()


def _weights(site: Site, browser: Browser) -> Rows:
    """What came over the line when the page was opened by somebody who had nothing of it, and how far it shifted."""
    found: list[tuple[float, float, float]] = []
    for one in PAGES:
        reader = _seated(site, browser, one)
        visit = reader.visit(reader.address(one))
        found.append((visit.transferred, visit.script, reader.window.evaluate(SHIFT)))
        reader.leave()
    sizes, scripts, shifts = zip(*found, strict=True)
    print(f"{len(found)} pages; the heaviest: {PAGES[sizes.index(max(sizes))].address}")
    return {
        "most transferred": Row(max(sizes), "bytes", min(sizes), max(sizes), digits=0),
        "most script": Row(max(scripts), "bytes", min(scripts), max(scripts), digits=0),
        "most layout shift": Row(max(shifts), "", min(shifts), max(shifts), digits=4),
    }


def _paints(site: Site, browser: Browser, visits: int) -> Rows:
    """The first paint with content, at 1.6 Mbit/s, 150 ms there and back, and a quarter of this processor."""
    rows: Rows = {}
    for one in SLOW_LINE:
        times = [_painted(site, browser, one) for _ in range(visits)]
        rows[f"{one.rule}, first paint"] = Row(median(times), "ms", min(times), max(times), digits=0)
    return rows


def _painted(site: Site, browser: Browser, one: Seen) -> float:
    reader = _seated(site, browser, one)
    address = reader.address(one)
    page = _anew(reader)
    page.goto(address)
    time = float(page.evaluate(PAINTED))
    reader.leave()
    return time


def _anew(reader: Reader) -> Page:
    """The same reader's window, with nothing kept of earlier pages, on the slow line."""
    page = reader.window
    devtools = page.context.new_cdp_session(page)
    devtools.send("Network.enable")
    devtools.send("Network.setCacheDisabled", {"cacheDisabled": True})
    devtools.send("Network.emulateNetworkConditions", LINE)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    return page


def _seated(site: Site, browser: Browser, one: Seen) -> Reader:
    """Somebody who may open the page, at a window that has kept nothing."""
    reader = Reader(site, browser)
    reader.sit_down(language="de")
    if one.role:
        reader.sign_in(one.role, to="/health/live")
        reader.address(one)
    return reader
