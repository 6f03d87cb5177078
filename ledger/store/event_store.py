"""The event store: records what aggregates decided, and reads the log back in order."""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from eventsourcing.domain import BaseAggregate
from eventsourcing.persistence import Notification, StoredEvent

from ledger.store.asking import answered
from ledger.store.backend import Backend
from ledger.store.committer import Committer
from ledger.store.errors import NotRecorded, StoreError, StoreUnavailable
from ledger.store.leaves import Stored
from ledger.store.log import Log
from ledger.store.memory import Memory
from ledger.store.personal_keys import Destroyed
from ledger.store.postgresql import PostgreSQL
from ledger.store.saves import Save
from ledger.store.sqlite import SQLite
from ledger.store.vault import Vault
from ledger.store.writer import Writer
from ledger.traces.spans import span

A = TypeVar("A", bound=BaseAggregate[UUID])
T = TypeVar("T")

# Groups of one caller that are recorded together: more of them would let everybody else wait for too long.
TOGETHER = 100

# Events at either end of the log that are asked whether their keys are there.
SAMPLE = 500

# Positions that are read although nobody asked for them, before another question to the database is cheaper.
NEAR = 16
# The subject whose key makes keyed digests: no person, and never erased.
DIGESTS = UUID("0d1ce575-6a4e-5b8e-9d0f-3f6b1c2a4d10")


class EventStore:
    """One append-only log; use it from any number of threads. With a vault, personal data lie in it encrypted."""

    def __init__(self, backend: Backend, vault: Vault | None = None) -> None:
        self._backend = backend
        self._vault = vault
        self._log = Log(backend.factory, vault)
        self._committer = Committer(Writer(backend, self._log.recorder).write)

    @classmethod
    def open(cls, database_url: str, vault: Vault | None = None) -> EventStore:
        """Open "memory:", "sqlite:///path" or "postgresql://…"; connects on first use, creates no tables."""
        return cls(_backend(database_url), vault)

    def migrate(self) -> None:
        """Create the tables; does nothing when they are there, and may be raced by other processes."""
        if self._vault is not None:
            self._vault.migrate()
        self._answered(self._backend.migrate)

    def record(self, *aggregates: BaseAggregate[UUID]) -> int:
        """Record the pending events of all aggregates in one transaction; return the position of the last.

        With nothing pending, that is the head. Raises `VersionTaken`, `OutcomeUnknown` or `StoreUnavailable`;
        after each of these load the aggregates again, for their pending events are gone from them.
        """
        save = self._save(aggregates)
        if not save.events:
            return self.head()
        with span("record", events=len(save.events)):
            self._committer.commit([save])
        return save.result()

    def record_each(self, groups: Sequence[Sequence[BaseAggregate[UUID]]]) -> list[int | StoreError]:
        """Record the pending events of each group as `record` does, and return its position or why there is none.

        Each group stands or falls by itself, in this order; the groups share transactions.
        """
        saves = [self._save(group) for group in groups]
        for first in range(0, len(saves), TOGETHER):
            with span("record", events=sum(len(save.events) for save in saves[first : first + TOGETHER])):
                self._committer.commit(saves[first : first + TOGETHER])
        return [save.outcome for save in saves]

    def load(self, aggregate_class: type[A], id: UUID, version: int | None = None) -> A:
        """Rebuild an aggregate from its events, as of now or as of a version; raise `NotRecorded`."""
        self._check_keys()
        aggregate: Any = None
        # Not by the library's repository, whose locks and checks for a cache cost more than the events.
        for stored in self._answered(lambda: self._log.recorder.select_events(id, lte=version)):
            event = self._event(stored)
            aggregate = event.mutate(aggregate)
        if not isinstance(aggregate, aggregate_class) or version not in (None, aggregate.version):
            raise NotRecorded(id)
        return aggregate

    def load_all(self, aggregate_class: type[A], ids: Collection[UUID]) -> dict[UUID, A]:
        """Rebuild many aggregates at once; an id under which nothing of this class is recorded is left out."""
        self._check_keys()
        found: dict[UUID, Any] = {}
        for stored in self._answered(lambda: self._backend.events_of(ids)):
            event = self._event(stored)
            found[event.originator_id] = event.mutate(found.get(event.originator_id))
        return {id: aggregate for id, aggregate in found.items() if isinstance(aggregate, aggregate_class)}

    def version_of(self, id: UUID) -> int:
        """Return the version that an aggregate has by now, 0 when nothing is recorded: cheaper than its events."""
        return self._answered(lambda: self._backend.version_of(id))

    def head(self) -> int:
        """Return the last position, 0 when nothing is recorded."""
        return self._answered(self._log.recorder.max_notification_id) or 0

    def settled_head(self) -> int:
        """Return the head once all up to it is as safe as what `record` answers for.

        For whoever tells from reading alone that something is recorded: what is read may still wait for its standby.
        """
        head = self.head()
        self._answered(self._backend.settle)
        return head

    def read(self, after: int, limit: int) -> list[tuple[int, Any]]:
        """Return at most `limit` events behind position `after`, upcast, in order, each with its position.

        Positions rise but may leave gaps; whatever is committed later stands behind what was read.
        """
        return self._opened(self._notifications(after, limit))

    def read_at(self, positions: Collection[int]) -> list[tuple[int, Any]]:
        """Return the events at these positions, upcast, in order; near ones are read in one go."""
        wanted, found = set(positions), list[Notification]()
        for first, last in _runs(sorted(wanted)):
            found += [stored for stored in self._notifications(first - 1, last - first + 1) if stored.id in wanted]
        return self._opened(found)

    def read_stored(self, after: int, limit: int) -> list[Stored]:
        """Return the same events as they lie in the database, for whoever seals and verifies them."""
        return [
            Stored(stored.id, stored.originator_id, stored.originator_version, stored.topic, stored.state)  # type: ignore[arg-type]
            for stored in self._notifications(after, limit)
        ]

    def lost_keys(self) -> set[UUID]:
        """Return whose personal data no key here was ever for, as the first and the last events tell."""
        if self._vault is None:
            return set()
        sample = [*self.read_stored(0, SAMPLE), *self.read_stored(max(0, self.head() - SAMPLE), SAMPLE)]
        return {subject for event in sample for subject in self._vault.lost(event.state)}

    def destroy_key(self, subject: UUID) -> Destroyed:
        """Destroy the key of a subject's personal data, for good; repeating it does no harm."""
        if self._vault is None:
            raise LookupError("this store encrypts nothing")
        return self._vault.destroy(subject)

    def keyed_digest(self, text: str) -> str:
        """Return a digest by which this installation finds a text that it does not keep; elsewhere it is another.

        Without a vault nothing is secret here, and neither is this.
        """
        content = text.encode()
        return self._vault.digest(DIGESTS, content) if self._vault else hmac.digest(b"", content, "sha256").hex()

    def close(self) -> None:
        """Close every connection."""
        self._log.close()
        if self._vault is not None:
            self._vault.close()

    def _check_keys(self) -> None:
        if self._vault is not None:
            self._vault.check()

    def _opened(self, notifications: Sequence[Notification]) -> list[tuple[int, Any]]:
        if self._vault is not None:
            # Behind the reading: whoever is given the certificate of an erasure is given nothing of what it erased.
            self._vault.check(0)
        return [(stored.id, self._event(stored)) for stored in notifications]

    def _event(self, stored: StoredEvent) -> Any:
        try:
            return self._log.mapper.to_domain_event(stored)
        except StoreError:
            raise
        except Exception as error:  # whatever bytes that nobody wrote make of it
            what = f"event {stored.originator_version} of {stored.originator_id} cannot be read (is the log damaged?)"
            raise StoreUnavailable(what) from error

    def _notifications(self, after: int, limit: int) -> Sequence[Notification]:
        return self._answered(lambda: self._log.recorder.select_notifications(after, limit, inclusive_of_start=False))

    def _save(self, aggregates: Sequence[BaseAggregate[UUID]]) -> Save:
        self._check_keys()
        events = chain.from_iterable(aggregate.collect_events() for aggregate in aggregates)
        return Save([self._log.mapper.to_stored_event(event) for event in events])

    def _answered(self, question: Callable[[], T]) -> T:
        return answered(self._backend, question)


def _backend(database_url: str) -> Backend:
    if database_url == "memory:":
        return Memory()
    if database_url.startswith("sqlite:///"):
        return SQLite(Path(database_url.removeprefix("sqlite:///")))
    if database_url.startswith("postgresql://"):
        return PostgreSQL(database_url)
    raise ValueError(f"{database_url!r} is none of memory:, sqlite:///path, postgresql://user@host/name")


def _runs(positions: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield first and last of positions that lie near each other."""
    first = last = positions[0] if positions else 0
    for position in positions[1:]:
        if position - last > NEAR:
            yield first, last
            first = position
        last = position
    if positions:
        yield first, last
