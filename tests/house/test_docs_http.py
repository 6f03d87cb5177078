"""docs/http-api.md and docs/pages.md tell of every address, and the story is shown as it is tested."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from ledger.api.operations import path_of
from ledger.api.story import STORY
from ledger.app import create_app
from ledger.config import Settings
from ledger.services import build
from tests.house.tree import ROOT

TEXT = (ROOT / "docs" / "http-api.md").read_text(encoding="utf-8")
PAGES = (ROOT / "docs" / "pages.md").read_text(encoding="utf-8")
BESIDE = (".json", ".csv")  # what every page has beside it is said once, not in its row
ROW = re.compile(r"^\| `([A-Z]+) (/\S*)` \|", re.MULTILINE)
OF_ITSELF = {"HEAD", "OPTIONS"}  # Flask answers these


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """The application, on a ledger that nobody asks anything."""
    house = build(Settings(database_url=f"sqlite:///{tmp_path}/ledger.db"))
    yield create_app(house)
    house.close()


def test_every_address_is_documented(app: Flask) -> None:
    """Each method of each rule has a row in a table, and no row is about something else."""
    served = {
        (method, path_of(rule.rule))
        for rule in app.url_map.iter_rules()
        if not (rule.endpoint.endswith(("_json", "_csv")) and rule.rule.endswith(BESIDE))
        for method in (rule.methods or set()) - OF_ITSELF
    }
    assert set(ROW.findall(TEXT + PAGES)) == served


def test_story_is_the_tested_one() -> None:
    """The commands are those that the docs page shows and tests/api/test_docs_page.py sends."""
    assert [request.curl() for step in STORY for request in step.requests if request.curl() not in TEXT] == []
    assert [step.title for step in STORY if f". {step.title}\n" not in TEXT] == []
