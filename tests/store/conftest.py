"""Stores for the contract tests: every promise holds on each of the three."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from ledger.store import EventStore


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def store(request: pytest.FixtureRequest) -> Iterator[EventStore]:
    """A new store, once of each kind."""
    memory = request.param == "memory"
    opened = EventStore.open("memory:" if memory else request.getfixturevalue(f"{request.param}_url"))
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def durable_store(database_url: str) -> Iterator[EventStore]:
    """A new store on a real database."""
    opened = EventStore.open(database_url)
    opened.migrate()
    yield opened
    opened.close()
