"""Quotas: what all processes let through together is never more than the limit."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, event, func, select

from ledger.sessions.quotas import PARTS, PAUSE, WINDOW, Quotas
from ledger.sessions.sessions import Sessions
from ledger.sessions.tables import METADATA, REQUESTS
from ledger.subscriptions.database import writing
from ledger.subscriptions.opening import open_lasting

NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)


class Clock:
    """A clock that stands."""

    def __init__(self, now: datetime = NOON) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> None:
        """Let time pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """Noon: a window begins."""
    return Clock()


@pytest.fixture
def engine(database_url: str, clock: Clock) -> Iterator[Engine]:
    """A database with its tables."""
    made = open_lasting(database_url)
    Sessions(made, clock).migrate()
    yield made
    made.dispose()


def admitted(quotas: Quotas, caller: str, limit: int) -> bool:
    """Whether a request is let through, by a database that answers."""
    allowance = quotas.take(caller, limit)
    assert allowance is not None
    return allowance.admitted


def of_one_process(url: str, caller: str, limit: int, times: int) -> int:
    """How many of so many requests a process of its own lets through."""
    engine = open_lasting(url)
    try:
        quotas = Quotas(engine, Clock())
        return sum(admitted(quotas, caller, limit) for _ in range(times))
    finally:
        engine.dispose()


def test_processes_together_let_through_the_limit(engine: Engine, database_url: str) -> None:
    """Four of them, each asked for more than there is: what one takes, no other has."""
    with get_context("spawn").Pool(4) as pool:
        found = pool.starmap(of_one_process, [(database_url, "somebody", 100, 100)] * 4)
    assert sum(found) == 100


def test_threads_at_once_let_through_the_limit(engine: Engine, clock: Clock) -> None:
    """On two engines, and each caller by itself."""
    processes = [Quotas(engine, clock), Quotas(engine, clock)]

    def asks(n: int) -> tuple[str, bool]:
        caller = f"caller {n % 3}"
        return caller, admitted(processes[n % 2], caller, 30)

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(asks, range(360)))
    assert {who: found.count((who, True)) for who in ("caller 0", "caller 1", "caller 2")} == {
        "caller 0": 30,
        "caller 1": 30,
        "caller 2": 30,
    }


def test_a_new_window_begins_anew(engine: Engine, clock: Clock) -> None:
    """At the full minute, whenever the first request came."""
    quotas = Quotas(engine, clock)
    clock.forward(59)
    assert [admitted(quotas, "somebody", 3) for _ in range(5)] == [True] * 3 + [False] * 2
    clock.forward(1)
    assert [admitted(quotas, "somebody", 3) for _ in range(5)] == [True] * 3 + [False] * 2


def test_it_says_what_is_left_and_for_how_long(engine: Engine, clock: Clock) -> None:
    """Of what other processes have taken it knows when it asks the database."""
    one, other = Quotas(engine, clock), Quotas(engine, clock)
    clock.forward(18.5)
    first = one.take("somebody", 100)
    assert first is not None
    assert (first.admitted, first.limit, first.left, first.seconds) == (True, 100, 99, 42)
    second = other.take("somebody", 100)
    assert second is not None
    assert second.left == 100 - 5 - 1


def test_the_database_is_asked_once_for_a_part_of_the_limit(engine: Engine, clock: Clock) -> None:
    """And not at all by a caller whose requests are spent."""
    quotas, asked = Quotas(engine, clock), []
    event.listen(engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert all(admitted(quotas, "somebody", 600) for _ in range(600))
    leases = [statement for statement in asked if statement.startswith("UPDATE")]
    assert len(leases) == PARTS
    before = len(asked)
    assert not any(admitted(quotas, "somebody", 600) for _ in range(100))
    assert len(asked) == before


def test_past_windows_are_deleted(engine: Engine, clock: Clock) -> None:
    """But for the last, for the clock of another machine may be a little behind."""
    quotas = Quotas(engine, clock)
    for _ in range(5):
        for caller in ("one", "two"):
            quotas.take(caller, 10)
        clock.forward(WINDOW)
    with writing(engine) as connection:
        assert connection.scalar(select(func.count()).select_from(REQUESTS)) == 4


def test_what_is_given_back_can_be_spent_again(engine: Engine, clock: Clock) -> None:
    """In its own window; of one that is over, nothing is left to give back."""
    quotas = Quotas(engine, clock)
    spent = quotas.take("here", 1)
    assert spent is not None
    assert not admitted(quotas, "here", 1)
    quotas.give_back("here", spent)
    assert [admitted(quotas, "here", 1) for _ in range(2)] == [True, False]
    clock.forward(WINDOW)
    assert admitted(quotas, "here", 1)
    quotas.give_back("here", spent)
    assert not admitted(quotas, "here", 1)


def test_a_database_that_does_not_answer_stops_nobody(
    engine: Engine, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    """It is said once, asked again after a moment, and counting goes on when it is back."""
    quotas = Quotas(engine, clock)
    METADATA.drop_all(engine)
    assert [quotas.take(f"caller {n}", 1) for n in range(50)] == [None] * 50
    assert [record.levelname for record in caplog.records] == ["ERROR"]
    METADATA.create_all(engine)
    assert quotas.take("somebody", 1) is None
    clock.forward(PAUSE)
    assert [admitted(quotas, "somebody", 1) for _ in range(2)] == [True, False]


Steps = list[tuple[int, int, float]]
STEPS = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), st.sampled_from((0.0, 0.0, 0.0, 0.4, 29.0))))


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(limit=st.integers(1, 50), steps=STEPS, start=st.floats(0, 1e9))
def test_no_course_of_requests_gets_more_than_the_limit(engine: Engine, limit: int, steps: Steps, start: float) -> None:
    """Whoever comes to which process at which time; and nobody who asks one process alone gets less."""
    clock = Clock(NOON + timedelta(seconds=start))
    with writing(engine) as connection:
        connection.execute(REQUESTS.delete())
    processes = [Quotas(engine, clock) for _ in range(3)]
    found: dict[tuple[int, int], list[tuple[int, bool]]] = {}
    for process, caller, seconds in steps:
        for _ in range(5):
            window = int(clock.now.timestamp()) // WINDOW
            said = admitted(processes[process], f"caller {caller}", limit)
            found.setdefault((window, caller), []).append((process, said))
        clock.forward(seconds)
    part = math.ceil(limit / PARTS)
    for asked in found.values():
        let_through = sum(said for _, said in asked)
        unspent_elsewhere = (part - 1) * (len({process for process, _ in asked}) - 1)
        assert let_through <= limit
        assert let_through >= min(len(asked), limit - unspent_elsewhere)
