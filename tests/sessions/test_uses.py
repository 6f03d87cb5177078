"""When keys were used is noted by the hour, and never in a request's way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import Engine, event

from ledger.sessions.tables import METADATA
from ledger.sessions.uses import Uses
from ledger.subscriptions.database import migrating
from ledger.subscriptions.opening import open_lasting
from tests.api.callers import Clock


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with the tables of sessions."""
    made = open_lasting(database_url)
    with migrating(made) as connection:
        METADATA.create_all(connection)
    yield made
    made.dispose()


def test_the_last_hour_is_known(engine: Engine) -> None:
    """Of each key, whichever process saw it; of a key that nobody used nothing."""
    clock, key, other = Clock(), uuid4(), uuid4()
    one, two = Uses(engine, clock), Uses(engine, clock)
    one.note(key)
    clock.forward(hours=1)
    two.note(key)
    assert one.of([key, other]) == {key: datetime(2026, 3, 2, 10, tzinfo=UTC)}


def test_a_key_is_written_once_an_hour(engine: Engine) -> None:
    """A thousand requests cost one write."""
    clock, key, written = Clock(), uuid4(), list[str]()
    uses = Uses(engine, clock)
    event.listen(engine, "before_cursor_execute", lambda *about: written.append(about[2]))
    for _ in range(1_000):
        uses.note(key)
    assert len([statement for statement in written if "key_uses" in statement]) == 1


def test_without_a_database_nothing_is_known_and_nothing_breaks(sqlite_url: str) -> None:
    """Before the tables are there, for one."""
    engine, key = open_lasting(sqlite_url), uuid4()
    uses = Uses(engine, Clock())
    uses.note(key)
    assert uses.of([key]) == {}
    engine.dispose()
