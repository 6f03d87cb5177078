"""What a viewer is told of the log, in its order: the one source of the feed, the live stream and webhooks."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.delivery.cloud_events import cloud_event, step
from ledger.domain.actor import Role
from ledger.domain.collaboration import Collaboration
from ledger.projections.collaborations.telling import told
from ledger.projections.feed import queries
from ledger.subscriptions.event_log import Recorded

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.domain.actor import Actor
    from ledger.projections.feed.queries import Entry
    from ledger.store.event_store import EventStore
    from ledger.subscriptions.reading import Reading, Views

ROOMS = ("feed", "collaborations", "consents")
PATIENCE = 2.0  # seconds; a bank is told nothing from before a withdrawal
OF_WORK = f"{Collaboration.TOPIC}."


@dataclass(frozen=True, slots=True)
class Batch:
    """CloudEvents in order; `next` is the last position that was looked at, so that an empty one moves on, too."""

    events: list[dict[str, Any]]
    next: int


@dataclass(frozen=True, slots=True)
class Feed:
    """The events of a ledger as each viewer is told of them; `source` is what the ledger is called outside."""

    views: Views
    store: EventStore
    source: str

    def fetch(self, viewer: Actor, *, after: int, limit: int, types: Sequence[str] = ()) -> Batch:
        """Return what the viewer may be told now; raise `NotYet` when a bank's consents cannot be judged yet."""
        with self.opened(viewer) as reading:
            return self.compose(reading, viewer, after=after, limit=limit, types=types)

    @contextmanager
    def opened(self, viewer: Actor) -> Iterator[Reading]:
        """Open what the feed is made of; for a bank at the head of the log, or not at all."""
        head = self.store.head() if viewer.role is Role.BANK else None
        with self.views.read(*ROOMS, min_position=head, wait=PATIENCE) as reading:
            yield reading

    def compose(self, reading: Reading, viewer: Actor, *, after: int, limit: int, types: Sequence[str] = ()) -> Batch:
        """Return the next events behind `after`; personal parts are decrypted now, or read as erased."""
        entries, looked = queries.page(reading, viewer, after=after, limit=limit, types=types)
        data = self._of_work(reading, viewer, entries) | self._others(viewer, entries)
        known = (entry for entry in entries if entry.position in data)
        return Batch([cloud_event(self.source, entry.thing, data[entry.position]) for entry in known], looked)

    def _of_work(self, reading: Reading, viewer: Actor, entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
        places = {entry.position: entry.thing for entry in entries if entry.type.startswith(OF_WORK)}
        return told(reading, viewer, places) if places else {}

    def _others(self, viewer: Actor, entries: Sequence[Entry]) -> dict[int, dict[str, Any]]:
        places = [entry.position for entry in entries if not entry.type.startswith(OF_WORK)]
        return {position: step(Recorded(position, event), viewer) for position, event in self.store.read_at(places)}
