"""Holding events against the leaves that they were sealed as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ledger.store import leaves as encoding
from ledger.store.errors import StoreError

if TYPE_CHECKING:
    from ledger.seals.tables import Leaf
    from ledger.store.event_store import EventStore
    from ledger.store.leaves import Stored

BATCH = 1000
BEGINNING = -(2**63)  # below every position, also those that no ledger hands out
DAMAGE = (StoreError, ValueError, TypeError, AttributeError)  # what reading a damaged event may raise


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong, and where; None when it is about the seals themselves."""

    position: int | None
    what: str
    event: Stored | None = None  # as it lies there now
    leaf: Leaf | None = None  # as it was sealed

    def __str__(self) -> str:
        return self.what if self.position is None else f"position {self.position}: {self.what}"


def differences(store: EventStore, leaves: Sequence[Leaf], after: int) -> Iterator[Finding]:
    """Yield what differs between these leaves and the events behind `after`, up to the last leaf's position."""
    sealed = {leaf.position: leaf for leaf in leaves}
    found = _found(store, sealed, after)
    for position in sorted(sealed.keys() | found.keys()):
        leaf, event = sealed.get(position), found.get(position)
        if leaf is None:
            yield Finding(position, "an event was inserted", event)
        elif position not in found:
            yield Finding(position, "the event was removed", leaf=leaf)
        elif event is None:
            yield Finding(position, "the event was altered and cannot be read", leaf=leaf)
        elif hash_of(event, leaf.salt) != leaf.hash:
            yield Finding(position, "the event was altered", event, leaf)


def hash_of(event: Stored, salt: bytes) -> bytes | None:
    """Return the hash of the leaf, None for an event that no ledger wrote."""
    try:
        return encoding.hashed(event, salt)
    except (*DAMAGE, OverflowError):
        return None


def moved(findings: Sequence[Finding]) -> list[Finding]:
    """Say of events that were put elsewhere where they come from."""
    gone = [finding for finding in findings if finding.leaf]
    return [_traced(finding, gone) for finding in findings]


def _traced(finding: Finding, gone: Sequence[Finding]) -> Finding:
    for other in gone:
        if finding.event and other is not finding and other.leaf:
            before = replace(finding.event, position=other.leaf.position)
            if hash_of(before, other.leaf.salt) == other.leaf.hash:
                what = f"here lies the event that was sealed at position {other.leaf.position}: reordered"
                return replace(finding, what=what)
    return finding


def _found(store: EventStore, sealed: dict[int, Leaf], after: int) -> dict[int, Stored | None]:
    """Return the events by position, None for one that cannot be read."""
    last, found = max(sealed), dict[int, "Stored | None"]()
    try:
        while after < last and (events := store.read_stored(after, BATCH)):
            found.update({event.position: event for event in events if event.position <= last})
            before, after = after, max(event.position for event in events)
            if after <= before:  # a damaged file, which would answer the same again
                break
    except DAMAGE:
        store.head()  # raises when the whole log is away
        for position in sorted(sealed):
            found.update(_one(store, position))
    return found


def _one(store: EventStore, position: int) -> dict[int, Stored | None]:
    try:
        return {event.position: event for event in store.read_stored(position - 1, 1) if event.position == position}
    except DAMAGE:
        return {position: None}
