"""A real service with the demonstration network, and a real Chromium before it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.reader import Reader
from tests.browser.site import Site, opened

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = "no browser here: install Chromium (Debian, Ubuntu: apt-get install chromium)"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Where Chromium is; without it the test is left out, unless LEDGER_REQUIRE_BROWSER=1."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    if found is None and os.environ.get("LEDGER_REQUIRE_BROWSER") == "1":
        pytest.fail(MISSING)
    if found is None:
        pytest.skip(MISSING)
    return found


@pytest.fixture(scope="session")
def browser_type_launch_args(chromium: str) -> dict[str, Any]:
    """How the browser is started; in a container the sandbox of Chromium has no user to be."""
    return {"executable_path": chromium, "args": ["--no-sandbox", "--force-prefers-reduced-motion"]}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, chromium: str) -> Iterator[Site]:
    """The demonstration network, served as the README says."""
    with opened(tmp_path_factory.mktemp("site")) as served:
        yield served


@pytest.fixture
def reader(site: Site, browser: Browser) -> Iterator[Reader]:
    """Somebody at a browser, not signed in yet; every complaint of the browser is a failure."""
    somebody = Reader(site, browser)
    yield somebody
    somebody.leave()


@pytest.fixture
def enter(site: Site, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Have people sit down, each at a window of their own and signed in: a role, a number, and the look."""
    people: list[Reader] = []

    def entered(role: str, number: int = 0, **look: Any) -> Page:
        people.append(Reader(site, browser))
        return people[-1].enter(role, number, **look)

    yield entered
    complaints = [said for one in people for said in one.complaints]
    for one in people:
        one.leave()
    assert complaints == []
