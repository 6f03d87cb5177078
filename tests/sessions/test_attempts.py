"""Attempts: counted in the database, so that a limit holds for everybody together."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

from ledger.domain.errors import TooManyAttempts
from ledger.sessions.attempts import MOST, WITHIN, Attempts
from ledger.sessions.sessions import Sessions
from ledger.subscriptions.opening import open_lasting

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


class Clock:
    """A clock that stands."""

    now = NOON

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Noon."""
    return Clock()


@pytest.fixture
def engine(database_url: str, clock: Clock) -> Iterator[Engine]:
    """A database with the tables of sessions and attempts; making them twice does no harm."""
    made = open_lasting(database_url)
    Sessions(made, clock).migrate()
    Sessions(made, clock).migrate()
    yield made
    made.dispose()


def admitted(attempts: Attempts, *keys: str) -> bool:
    """Whether an attempt under these keys may be made."""
    try:
        attempts.note(*keys)
    except TooManyAttempts:
        return False
    return True


def test_ten_at_once_are_ten(engine: Engine, clock: Clock) -> None:
    """Whoever sends forty guesses together has ten of them looked at, whichever processes they reach."""
    processes = [Attempts(engine, clock) for _ in range(4)]
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: admitted(processes[n % 4], "somebody"), range(40)))
    assert sum(found) == MOST


def test_each_key_counts_for_itself(engine: Engine, clock: Clock) -> None:
    """And one that is full stops an attempt before it counts under the other."""
    attempts = Attempts(engine, clock)
    assert all(admitted(attempts, "one", "here") for _ in range(MOST))
    assert not admitted(attempts, "two", "here")
    assert admitted(attempts, "two", "there")
    attempts.forget("here")
    assert sum(admitted(attempts, "two") for _ in range(MOST)) == MOST - 1


def test_what_succeeded_is_taken_back(engine: Engine, clock: Clock) -> None:
    """One attempt of each key; what failed before stays."""
    attempts = Attempts(engine, clock)
    for _ in range(MOST - 1):
        attempts.note("here")
    for _ in range(3):
        attempts.note("here")
        attempts.take_back(["here"])
    attempts.note("here")
    assert not admitted(attempts, "here")


def test_it_says_how_long_to_wait(engine: Engine, clock: Clock) -> None:
    """Until the first of the failures is a quarter of an hour ago."""
    attempts = Attempts(engine, clock)
    for _ in range(MOST):
        attempts.note("somebody")
        clock.now += timedelta(minutes=1)
    with pytest.raises(TooManyAttempts) as stopped:
        attempts.note("somebody")
    assert stopped.value.seconds == 5 * 60 + 1
    clock.now = NOON + WITHIN
    assert admitted(attempts, "somebody")
