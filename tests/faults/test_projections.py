"""Read models whose database fails beneath a running worker: they catch up soon, and are what the log gives."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from ledger.config import Settings
from ledger.projections.catalogue import PROJECTIONS
from ledger.subscriptions.catching_up import Stand
from ledger.subscriptions.database import writing
from tests.api.callers import Clock
from tests.api.jobs import consent, praised
from tests.api.world import World, founded
from tests.postgresql_server import PostgreSQLServer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# Each round holds several read models up; a campaign by hand sets LEDGER_FAULT_ROUNDS=20, well over 100 of them.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "3"))
AT_ONCE = 8
SOON = 10.0  # seconds
STARTING = 300.0  # on a loaded machine
Fault = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A ledger whose read models nobody but the worker brings forward."""
    made = founded(Settings(database_url=database_url, freshness_seconds=0), Clock())
    yield made
    made.house.close()


@pytest.fixture
def worker(world: World, database_url: str) -> Iterator[int]:
    """The process of a worker that follows."""
    environment = {**os.environ, "LEDGER_DATABASE_URL": database_url}
    with subprocess.Popen(
        [sys.executable, "-m", "ledger.cli", "follow"], env=environment, stderr=subprocess.DEVNULL
    ) as process:
        try:
            _tell(world)
            _until(lambda: not _held_up(world), STARTING)
            yield process.pid
        finally:
            process.terminate()


@pytest.fixture
def faults(request: pytest.FixtureRequest, world: World, worker: int) -> list[Fault]:
    """What can happen to the database of the read models."""
    engine, chance = world.house.engine, random.Random(36)  # noqa: S311 - the same in every run
    if engine.dialect.name == "sqlite":
        return [lambda: _gone(engine, chance), lambda: _locked(engine), lambda: _full(worker)]
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    return [lambda: _gone(engine, chance), lambda: _locked(engine), lambda: _cut(engine, server)]


def test_held_up_read_models_catch_up(world: World, faults: list[Fault]) -> None:
    """Within seconds of the end of the fault, by the worker alone; afterwards every row is what the log gives."""
    held_up, slowest = 0, 0.0
    for number in range(ROUNDS):
        with faults[number % len(faults)]():
            _tell(world)
            time.sleep(1)
            held_up += len(_held_up(world))
        began = time.monotonic()
        _until(lambda: not _held_up(world), SOON)
        slowest = max(slowest, time.monotonic() - began)
        assert world.house.follower.compare() == []
    print(f"{held_up} read models held up; the slowest caught up in {slowest:.1f} s")  # noqa: T201 - pytest -s shows it
    assert held_up >= ROUNDS


def _tell(world: World) -> None:
    """Record something for most read models."""
    praised(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    firm = world.office.record("/firms", {"name": f"Example {uuid4().hex}", "country": "DE"})["id"]
    world.office.record("/keys", {"role": "firm", "subject": firm})


def _held_up(world: World) -> list[Stand]:
    return [stand for stand in world.house.follower.stand() if stand.error or stand.lag]


def _until(true: Callable[[], bool], seconds: float) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def _gone(engine: Engine, chance: random.Random) -> Iterator[None]:
    """The tables of some read models are not where they were."""
    names = [table.name for one in chance.sample(PROJECTIONS, AT_ONCE) for table in one.metadata.sorted_tables]
    with writing(engine) as connection:
        for name in names:
            connection.execute(text(f"ALTER TABLE {name} RENAME TO lost_{name}"))
    yield
    with writing(engine) as connection:
        for name in names:
            connection.execute(text(f"ALTER TABLE lost_{name} RENAME TO {name}"))


@contextmanager
def _locked(engine: Engine) -> Iterator[None]:
    """Somebody writes and does not come to an end."""
    with writing(engine) as connection:
        if engine.dialect.name == "postgresql":
            tables = [table.name for one in PROJECTIONS for table in one.metadata.sorted_tables]
            connection.execute(text(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE"))
        yield


@contextmanager
def _cut(engine: Engine, server: PostgreSQLServer) -> Iterator[None]:
    """Somebody writes, and then every connection is cut: also the worker's, in the middle of its transaction."""
    with suppress(OperationalError), _locked(engine):
        yield
        server.hang_up()


@contextmanager
def _full(worker: int) -> Iterator[None]:
    """No file that the worker writes may grow: to it the disk is full."""
    unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(worker, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    yield
    resource.prlimit(worker, resource.RLIMIT_FSIZE, unlimited)
