"""Upcasting: an event that was recorded before it changed reads as if it had always been like today."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate, event

from tests.domain.given import NOON
from tests.history.frozen import Frozen, fields, mapper


class Workshop(BaseAggregate[UUID]):
    """An aggregate whose event was once recorded without a country."""

    TOPIC = "history-test.workshop"

    class Event(AggregateEvent):
        """No `Fact`: those are the ledger's own, and all of them are documented."""

        TOPIC = "history-test.workshop.event"

    class Opened(Event, AggregateCreated):
        """Version 2 knows the country; before, every workshop was German."""

        TOPIC = "history-test.workshop.opened"
        class_version = 2
        town: str
        country: str
        opened_on: date

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            state["country"] = "DE"

    @event(Opened)
    def __init__(self, town: str, country: str) -> None:
        self.town, self.country = town, country


FIRST_VERSION = Frozen(
    topic="history-test.workshop.opened",
    class_version=1,
    id="00000000-0000-0000-0000-000000000007",
    version=1,
    state=(
        '{"timestamp":{"_type_":"datetime_iso","_data_":"2026-11-10T12:00:00+00:00"},'
        '"originator_topic":"history-test.workshop","town":"Neumünster",'
        '"opened_on":{"_type_":"date_iso","_data_":"2026-11-02"}}'
    ),
    reads={
        "timestamp": "moment 2026-11-10 12:00:00+00:00",
        "originator_topic": "history-test.workshop",
        "opened_on": "day 2026-11-02",
        "town": "Neumünster",
        "originator_id": "id 00000000-0000-0000-0000-000000000007",
        "originator_version": 1,
        "country": "DE",
    },
)


def test_the_first_version_reads_as_the_second() -> None:
    """The upcast adds what the old record could not say, and leaves the rest as it was."""
    event = mapper().to_domain_event(FIRST_VERSION.stored())
    assert fields(event) == FIRST_VERSION.reads


def test_the_aggregate_knows_only_today() -> None:
    """It is rebuilt from the old event by the code for the new one."""
    opened: Any = mapper().to_domain_event(FIRST_VERSION.stored())
    workshop = opened.mutate(None)
    assert (workshop.town, workshop.country) == ("Neumünster", "DE")


def test_the_second_version_is_not_upcast() -> None:
    """It is written with its version and reads back as it was."""
    workshop: Any = Workshop._create(
        Workshop.Opened, id=UUID(int=8), timestamp=NOON, town="Aabenraa", country="DK", opened_on=date(2026, 11, 3)
    )
    (opened,) = workshop.pending_events
    stored = mapper().to_stored_event(opened)
    assert b'"class_version":2' in stored.state
    read: Any = mapper().to_domain_event(stored)
    assert read == opened
    assert (read.country, read.opened_on) == ("DK", date(2026, 11, 3))
