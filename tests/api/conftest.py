"""A world for every test: most begin with a copy of one made on SQLite, the stories on both databases."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest

from ledger.config import Settings
from tests.api.callers import Clock
from tests.api.world import KeyRing, World, founded, opened

FRESH = 0.0  # callers bring the read models up to date themselves


@dataclass(frozen=True)
class Template:
    """The files of a world that is closed, with what is needed to open a copy of it."""

    folder: Path
    ring: KeyRing
    now: datetime


def _settings(url: str) -> Settings:
    return Settings(database_url=url, freshness_seconds=FRESH, stream_seconds=0.0, webhooks_local=True)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A founded world on SQLite, closed."""
    folder = tmp_path_factory.mktemp("template")
    made = founded(_settings(f"sqlite:///{folder}/ledger.db"), Clock())
    made.house.close()
    return Template(folder, made.ring, made.clock.now)


@pytest.fixture
def world(template: Template, tmp_path: Path) -> Iterator[World]:
    """A founded world on SQLite."""
    shutil.copytree(template.folder, tmp_path, dirs_exist_ok=True)
    clock = Clock()
    clock.now = template.now
    made = opened(_settings(f"sqlite:///{tmp_path}/ledger.db"), clock, dict(template.ring))
    yield made
    made.house.close()


@pytest.fixture
def either_world(database_url: str) -> Iterator[World]:
    """A founded world, once on each database."""
    made = founded(_settings(database_url), Clock())
    yield made
    made.house.close()
