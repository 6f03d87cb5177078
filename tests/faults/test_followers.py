"""Several followers in processes of their own, and read models that fail: everything once, nothing left out."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import Connection

from ledger.config import Settings
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import House, StoredLog
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import migrating
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.follower import Follower
from ledger.subscriptions.projection import Projection
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import World, founded
from tests.callers import finished_job

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# Each round fails every read model once; a campaign by hand sets LEDGER_FAULT_ROUNDS=7, over 100 failures.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "2"))
FOLLOWERS = 3
SOON = 10.0  # seconds


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    """A ledger with some joint work in it."""
    made = founded(Settings(database_url=database_url, freshness_seconds=0), Clock())
    for _ in range(5):
        praised(made.alpha, made.beta)
        praised(made.gamma, made.delta)
    yield made
    made.house.close()


def test_three_followers_are_killed_one_after_another(world: World, database_url: str) -> None:
    """As long as one lives, read models reach the head; in the end every row is what the log gives."""
    with _following(database_url) as followers:
        for follower in followers:
            _record(world)
            _until_followed(world.house)
            follower.kill()
            follower.wait(SOON)
    assert world.house.follower.compare() == []


def test_failed_read_models_catch_up(world: World) -> None:
    """Every one of them, wherever it failed, within seconds once it is mended, and it equals a rebuild."""
    house, chance = world.house, random.Random(7)  # noqa: S311 - the same events in every run
    for _ in range(ROUNDS):
        _empty(house)
        failing = [_failing_at(projection, chance.randint(1, house.store.head())) for projection in PROJECTIONS]
        broken = Follower(StoredLog(house.store), house.engine, [projection for projection, _ in failing])
        broken.catch_up()
        assert [stand.error_position for stand in broken.stand()] == [position for _, position in failing]
        assert all(stand.position < (stand.error_position or 0) for stand in broken.stand())
        began = time.monotonic()
        house.follower.catch_up()
        assert time.monotonic() - began < SOON
        assert not any(stand.error or stand.lag for stand in house.follower.stand())
        assert house.follower.compare() == []


def _failing_at(projection: Projection, position: int) -> tuple[Projection, int]:
    def fail(connection: Connection, recorded: Recorded) -> None:
        if recorded.position == position:
            raise ValueError(position)
        if projection.every is not None:
            projection.every(connection, recorded)

    return replace(projection, every=fail), position


def _empty(house: House) -> None:
    with migrating(house.engine) as connection:
        for projection in PROJECTIONS:
            projection.metadata.drop_all(connection)
            projection.metadata.create_all(connection)
            checkpoints.clear(connection, projection.key)


@contextmanager
def _following(database_url: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    environment = {**os.environ, "LEDGER_DATABASE_URL": database_url, "LEDGER_EPOCH_HOUR": "0"}
    command = [sys.executable, "-m", "ledger.cli", "follow"]
    followers = [subprocess.Popen(command, env=environment) for _ in range(FOLLOWERS)]
    try:
        yield followers
    finally:
        for follower in followers:
            follower.send_signal(signal.SIGKILL)
            follower.wait(SOON)


def _record(world: World) -> None:
    body = finished_job(world.alpha.id, world.beta.id)
    world.alpha.record("/collaborations", body, idempotency_key=str(uuid4()))


def _until_followed(house: House) -> None:
    deadline = time.monotonic() + 6 * SOON
    while any(stand.lag for stand in house.follower.stand()):
        assert time.monotonic() < deadline, house.follower.stand()
        time.sleep(0.05)
