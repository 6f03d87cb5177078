"""A small demonstration, filled once and read by many tests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from ledger.demo import SMALL, Demonstration, fill
from ledger.domain.collaboration import Collaboration
from ledger.store.event_store import EventStore

UNTIL = date(2026, 6, 30)
EVERYTHING = 100_000
SECRETIVE = ("key.", "account.", "login.")


@dataclass(frozen=True)
class Filled:
    """What a filled ledger holds."""

    store: EventStore
    demonstration: Demonstration
    events: list[Any]

    def of(self, topic: str) -> list[Any]:
        return [event for event in self.events if topic == type(event).TOPIC]

    def jobs(self) -> list[Collaboration]:
        return [self.store.load(Collaboration, event.originator_id) for event in self.of("collaboration.proposed")]


def filled(seed: int = 2000) -> Filled:
    """A ledger in memory with a small demonstration."""
    store = EventStore.open("memory:")
    demonstration = fill(store, until=UNTIL, seed=seed, size=SMALL)
    return Filled(store, demonstration, [event for _, event in store.read(0, EVERYTHING)])


@cache
def small() -> Filled:
    """The small demonstration that tests only read."""
    return filled()


def told(events: list[Any]) -> list[tuple[str, Any, int, dict[str, Any]]]:
    """Everything that the events say, but for those of keys and of people, whose secrets are random."""
    said = [(type(event).TOPIC, event.originator_id, event.originator_version, vars(event)) for event in events]
    return [one for one in said if not one[0].startswith(SECRETIVE)]
