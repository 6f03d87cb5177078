"""Loading and recording aggregates: the one door between the commands and the event store."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar
from uuid import UUID

from eventsourcing.domain import BaseAggregate

from ledger.domain.errors import IdempotencyKeyReused, NotFound, VersionConflict
from ledger.domain.event import Stamp, stamp
from ledger.domain.firm import Firm
from ledger.store.errors import NotRecorded, OutcomeUnknown, StoreError, StoreUnavailable, VersionTaken

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from ledger.domain.actor import Actor
    from ledger.store.event_store import EventStore

A = TypeVar("A", bound=BaseAggregate[UUID])
R = TypeVar("R", bound=Any)

# Aggregates remembered at most: of each kind that is recalled a process knows few, and forgetting is cheap.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a command answers: the aggregate's id and version, and the position of its last event in the log."""

    id: UUID
    version: int
    position: int
    state: str | None = None  # where a collaboration stands now


@dataclass
class Ledger:
    """The event store as the commands see it; `clock` gives the time of recording (UTC)."""

    store: EventStore
    clock: Callable[[], datetime]
    # A firm never leaves the network that admitted it, so what was read once stays true.
    _network_of: dict[UUID, UUID] = field(default_factory=dict)
    _remembered: dict[UUID, Any] = field(default_factory=dict)

    def stamp(self, actor: Actor, *, happened_on: date | None = None, network: UUID | None = None) -> Stamp:
        """Stamp a command of this actor with the present time."""
        return stamp(actor, self.clock(), happened_on=happened_on, network=network)

    def load(self, aggregate_class: type[A], id_: UUID) -> A:
        """Return the aggregate; raise `NotFound` when nothing of this class has this id."""
        try:
            return self.store.load(aggregate_class, id_)
        except NotRecorded as error:
            raise NotFound(f"There is no such {aggregate_class.__name__.lower()}.") from error

    def recall(self, aggregate_class: type[A], id_: UUID) -> A:
        """Return the aggregate as `load` does, without its events when it was read before and nothing has happened.

        The log is asked for its version each time, so that what another process records counts at once. It is for
        aggregates without personal data, which an erasure would have to find here; nobody may change what is returned.
        """
        known = self._remembered.get(id_)
        if isinstance(known, aggregate_class) and known.version == self.store.version_of(id_):
            return known
        if len(self._remembered) >= MOST:
            self._remembered.clear()
        self._remembered[id_] = read = self.load(aggregate_class, id_)
        return read

    def load_all(self, aggregate_class: type[A], ids: Collection[UUID]) -> dict[UUID, A]:
        """Return many aggregates at once, by their ids; what is not recorded is left out."""
        return self.store.load_all(aggregate_class, ids) if ids else {}

    def record(self, aggregate: BaseAggregate[UUID], *others: BaseAggregate[UUID]) -> Receipt:
        """Record what is pending, also of others; raise `VersionConflict` when somebody else was first."""
        try:
            position = self.store.record(aggregate, *others)
        except VersionTaken as error:
            raise VersionConflict("Somebody changed it at the same moment; load it again.") from error
        return self.receipt(aggregate, position)

    def create(self, aggregate: BaseAggregate[UUID], *others: BaseAggregate[UUID]) -> Receipt:
        """Record a new aggregate, with others in the same transaction.

        A repeated request (same id, same digest) answers with what is recorded; the same key with another
        content raises `IdempotencyKeyReused`. A collision of one of the others raises `VersionTaken`.
        """
        try:
            position = self.store.record(aggregate, *others)
        except VersionTaken as taken:
            if taken.originator_id != aggregate.id:
                raise
            return self.repeated(aggregate)
        return self.receipt(aggregate, position)

    def record_each(self, groups: Sequence[Sequence[BaseAggregate[UUID]]]) -> list[int | VersionTaken]:
        """Record what is pending in each group, which stands or falls by itself; return positions and collisions.

        Raises `StoreUnavailable` when none is recorded, `OutcomeUnknown` when nobody knows of one.
        """
        outcomes = self.store.record_each(groups)
        told = [outcome for outcome in outcomes if isinstance(outcome, int | VersionTaken)]
        if len(told) < len(outcomes):
            raise _trouble(outcomes)
        return told

    def repeated(self, aggregate: Any) -> Receipt:
        """Return the receipt of what the same request recorded before; refuse another content."""
        return self.receipt(same(self.load(type(aggregate), aggregate.id), aggregate), self.head())

    def receipt(self, aggregate: BaseAggregate[UUID], position: int) -> Receipt:
        """Return what a command answers about this aggregate."""
        return Receipt(aggregate.id, aggregate.version, position, getattr(aggregate, "state", None))

    def head(self) -> int:
        """Return the position of the last event, 0 in an empty log."""
        return self.store.head()

    def settled_head(self) -> int:
        """Return the same for an answer that says "recorded" and records nothing: as safe as if it did."""
        return self.store.settled_head()

    def network_of(self, firm: UUID) -> UUID | None:
        """Return the network that a firm belongs to, None when there is no such firm."""
        if firm not in self._network_of:
            try:
                self._network_of[firm] = self.store.load(Firm, firm).network_id
            except NotRecorded:
                return None
        return self._network_of[firm]


def _trouble(outcomes: Sequence[int | StoreError]) -> StoreError:
    """Return what to say of many: unavailable if nothing is recorded for sure, otherwise unknown."""
    untold = [one for one in outcomes if isinstance(one, OutcomeUnknown | StoreUnavailable)]
    if all(isinstance(one, StoreUnavailable | VersionTaken) for one in outcomes):
        return untold[0]
    return OutcomeUnknown(f"some of it may be recorded: {untold[0]}")


def utc_now() -> datetime:
    """Return the present time, UTC: the clock of every ledger but a simulated one."""
    return datetime.now(UTC)


def same(existing: R, repeated: Any) -> R:
    """Return what is recorded under a request's key; raise `IdempotencyKeyReused` when it is another content."""
    if existing.digest != repeated.digest:
        raise IdempotencyKeyReused("This idempotency key was used for another content; a new record needs a new key.")
    return existing


def check_version(aggregate: BaseAggregate[UUID], expected: int | None) -> None:
    """Raise `VersionConflict` when the caller decided on another version than the present one."""
    if expected is not None and aggregate.version != expected:
        raise VersionConflict(
            f"It is at version {aggregate.version} by now, not {expected}; load it again and decide anew."
        )


def digest(**request: object) -> str:
    """Return the SHA-256 of a request's content, the same for the same content in any order of its names."""
    text = json.dumps(request, sort_keys=True, default=_plain, ensure_ascii=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value: object) -> object:
    fields: Mapping[str, object] | None = getattr(value, "__dict__", None)
    return dict(fields) if fields is not None and not isinstance(value, UUID) else str(value)
