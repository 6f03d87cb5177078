"""A small aggregate and a small read model, for tests of the floors that know no domain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate, event
from sqlalchemy import BigInteger, Column, Connection, MetaData, PrimaryKeyConstraint, Table, Text, Uuid

from ledger.store import EventStore
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.versioning import current, position_columns, supersede


class Job(BaseAggregate[UUID]):
    """Something with a title that may change."""

    TOPIC = "example.job"

    class Event(AggregateEvent):
        """The root of this aggregate's events."""

        TOPIC = "example.job.event"

    class Begun(Event, AggregateCreated):
        """It began."""

        TOPIC = "example.job.begun"
        title: str
        on: date
        price: Decimal

    class Renamed(Event):
        """In its first version it gave no reason."""

        TOPIC = "example.job.renamed"
        class_version = 2
        title: str
        reason: str

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["reason"] = "not given"

    class Ended(Event):
        """It is over."""

        TOPIC = "example.job.ended"

    @event(Begun)
    def __init__(self, title: str, on: date, price: Decimal) -> None:
        self.title, self.on, self.price = title, on, price
        self.reason = ""

    @event(Renamed)
    def rename(self, title: str, reason: str) -> None:
        self.title, self.reason = title, reason

    @event(Ended)
    def end(self) -> None:
        """Change nothing but the version."""


class Other(BaseAggregate[UUID]):
    """An aggregate of another class."""

    TOPIC = "example.other"

    class Event(AggregateEvent):
        """The root of this aggregate's events."""

        TOPIC = "example.other.event"

    class Made(Event, AggregateCreated):
        """It began."""

        TOPIC = "example.other.made"

    @event(Made)
    def __init__(self) -> None:
        pass


def job(title: str = "Turning", id: UUID | None = None) -> Job:
    """A job that is not recorded yet."""
    return Job._create(Job.Begun, id=id or uuid4(), title=title, on=date(2024, 3, 1), price=Decimal("12.50"))


def other(id: UUID) -> Other:
    """An aggregate of another class."""
    return Other._create(Other.Made, id=id)


class StoreLog:
    """The store as projections see it."""

    def __init__(self, store: EventStore) -> None:
        self._store = store

    def head(self) -> int:
        return self._store.head()

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        return [Recorded(*item) for item in self._store.read(after, limit)]


TITLES_METADATA = MetaData()
TITLES = Table(
    "titles_v1",
    TITLES_METADATA,
    Column("job", Uuid),
    *position_columns(),
    Column("title", Text, nullable=False),
    # Applying an event twice would show here.
    Column("events", BigInteger, nullable=False),
    PrimaryKeyConstraint("job", "since_position"),
)


def note_title(connection: Connection, recorded: Recorded) -> None:
    """Keep the title of a job, and how many events gave it one."""
    key = {"job": recorded.event.originator_id}
    before = current(connection, TITLES, key)
    row = {"title": recorded.event.title, "events": (before["events"] if before else 0) + 1}
    supersede(connection, TITLES, key, recorded.position, recorded.recorded_at, row)


def titles(**handlers: Handler) -> Projection:
    """The read model of titles; a test may put another handler in place of `renamed`."""
    renamed = handlers.get("renamed", note_title)
    return Projection("titles", 1, TITLES_METADATA, {Job.Begun: note_title, Job.Renamed: renamed})
