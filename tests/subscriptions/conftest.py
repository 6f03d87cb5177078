"""A log, a database of views beside it, and followers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from sqlalchemy import Engine, select

from ledger.config import Settings
from ledger.store import EventStore
from ledger.subscriptions.database import reading
from ledger.subscriptions.follower import Follower, migrate
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.timeline import TIMELINE
from tests.examples import TITLES, Job, StoreLog, job, titles


@dataclass
class House:
    """A store and its views."""

    store: EventStore
    engine: Engine

    @property
    def log(self) -> StoreLog:
        return StoreLog(self.store)

    def follower(self, *projections: Projection, batch: int = 500) -> Follower:
        return Follower(self.log, self.engine, projections or (titles(), TIMELINE), batch)

    def titles(self) -> list[tuple[str, int]]:
        """Every row ever written, in order: title, and how many events the job had by then."""
        with reading(self.engine) as connection:
            rows = connection.execute(select(TITLES.c.title, TITLES.c.events))
            return sorted((title, events) for title, events in rows)

    def begin(self, *names: str) -> list[Job]:
        """Record a job for each title."""
        jobs = [job(name) for name in names]
        self.store.record(*jobs)
        return jobs


@pytest.fixture
def open_house(database_url: str) -> Iterator[Callable[[], House]]:
    """Open the same databases again, as another process would."""
    settings, opened = Settings(database_url=database_url), []

    def open_one() -> House:
        house = House(EventStore.open(database_url), open_database(settings.views_url))
        opened.append(house)
        return house

    yield open_one
    for house in opened:
        house.store.close()
        house.engine.dispose()


@pytest.fixture
def house(open_house: Callable[[], House]) -> House:
    """An empty log and empty views."""
    new = open_house()
    new.store.migrate()
    migrate(new.engine, [titles(), TIMELINE])
    return new
