"""What can be proved of the log: its last signed head, that an event is in it, that it only ever grew."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import Connection, Engine

from ledger.seals import tables
from ledger.seals.tables import Head, Leaf
from ledger.store import merkle
from ledger.store.merkle import Node
from ledger.store.multi_proof import multi_proof
from ledger.subscriptions.database import reading

T = TypeVar("T")

MOST_PINNED = 500  # events in one proof: in a log of a million it has some 6,000 hashes, which a referral can carry


class NotSealedError(LookupError):
    """There is no event at this position, or none that is sealed yet."""


class BeyondTheTreeError(ValueError):
    """The signed tree is smaller than what was asked for."""


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The proof that an event is in the tree of `size` leaves; its salt goes to those alone who may see the event."""

    position: int
    leaf_index: int
    size: int
    leaf_hash: bytes
    salt: bytes
    hashes: list[bytes]


@dataclass(frozen=True, slots=True)
class Proved:
    """Some events, all in the tree of one signed head."""

    checkpoint: str
    size: int
    proofs: list[Inclusion]


@dataclass(frozen=True, slots=True)
class Pinned:
    """The event that a document is true for, and the latest of the `count` that it rests on, all under one head."""

    checkpoint: str
    proof: Inclusion
    count: int
    behind: list[Leaf]
    nodes: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Stand:
    """How many leaves there are, which position the last one is of, and what stopped the signing, None when nothing."""

    leaves: int
    position: int
    alarm: str | None


class Seals:
    """Answers from the tree's tables alone; never from the events."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def head(self) -> Head | None:
        """Return the last signed head, None while nothing is sealed."""
        with reading(self._engine) as connection:
            return tables.latest(connection)

    def size(self) -> int:
        """Return how many leaves are signed."""
        head = self.head()
        return head.size if head else 0

    def alarm(self) -> str | None:
        """Return what stopped the signing, None when nothing did."""
        with reading(self._engine) as connection:
            return tables.alarm(connection)

    def stand(self) -> Stand:
        """Return how far sealing has got, and what stopped it if anything did."""
        with reading(self._engine) as connection:
            leaves, position = tables.end(connection)
            return Stand(leaves, position, tables.alarm(connection))

    def prove(self, positions: Sequence[int]) -> Proved | None:
        """Prove that the events at these positions are under the last signed head; None while one is not sealed."""
        with reading(self._engine) as connection:
            head = tables.latest(connection)
            sealed = tables.sealed_at(connection, positions)
            if head is None or {position for _, position, _ in sealed} != set(positions):
                return None
            return Proved(head.note, head.size, _inclusions(connection, sealed, head.size))

    def pinned(self, position: int, behind: Collection[int]) -> Pinned | None:
        """Prove an event, and others before it, under the first head over it: always the same; None until sealed."""
        with reading(self._engine) as connection:
            sealed = tables.sealed_at(connection, [position])
            head = tables.covering(connection, sealed[0][0]) if sealed else None
            if head is None:
                return None
            (proof,) = _inclusions(connection, sealed, head.size)
            leaves = tables.leaves_at(connection, sorted({position, *behind})[-MOST_PINNED:])
            indices = [leaf.leaf_index for leaf in leaves]
            nodes = _asked(connection, lambda node: multi_proof(head.size, indices, node))
            return Pinned(head.note, proof, len({position, *behind}), leaves, nodes)

    def inclusion(self, position: int, size: int | None = None) -> Inclusion:
        """Prove that the event at a position is in a tree; raise `NotSealedError` or `BeyondTheTreeError`."""
        with reading(self._engine) as connection:
            within = _within(connection, size)
            sealed = tables.sealed_at(connection, [position])
            if not sealed or sealed[0][0] >= within:
                raise NotSealedError(f"No event is sealed at position {position} in the tree of {within} leaves.")
            return _inclusions(connection, sealed, within)[0]

    def consistency(self, first: int, second: int | None = None) -> tuple[int, list[bytes]]:
        """Prove that the tree of `first` leaves is the beginning of the second; return that one's size as well."""
        with reading(self._engine) as connection:
            within = _within(connection, second)
            if first > within:
                raise BeyondTheTreeError(f"A tree of {first} leaves is no beginning of one of {within}.")
            return within, _asked(connection, lambda node: merkle.consistency(first, within, node))

    def leaves(self, first: int, count: int) -> list[Leaf]:
        """Return so many leaves from this index on."""
        with reading(self._engine) as connection:
            return tables.leaves(connection, first, count)

    def tile(self, level: int, number: int, width: int) -> list[bytes]:
        """Return so many nodes of one tile, fewer where the tree ends."""
        with reading(self._engine) as connection:
            wanted = [(level * 8, number * 256 + one) for one in range(width)]
            found = tables.nodes(connection, wanted)
            return [found[node] for node in wanted if node in found]


def _within(connection: Connection, size: int | None) -> int:
    head = tables.latest(connection)
    signed = head.size if head else 0
    if size is not None and size > signed:
        raise BeyondTheTreeError(f"The signed tree has {signed} leaves, not {size}.")
    return signed if size is None else size


def _inclusions(connection: Connection, sealed: Sequence[tuple[int, int, bytes]], size: int) -> list[Inclusion]:
    def proofs(node: Node) -> list[Inclusion]:
        return [
            Inclusion(position, index, size, node(0, index), salt, merkle.inclusion(index, size, node))
            for index, position, salt in sealed
        ]

    return _asked(connection, proofs)


def _asked(connection: Connection, compute: Callable[[Node], T]) -> T:
    """Compute twice: first to learn which nodes it takes, then with these."""
    wanted = tables.Wanted()
    compute(wanted)
    return compute(tables.fetched(connection, wanted))
