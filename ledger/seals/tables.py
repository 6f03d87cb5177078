"""The tree's tables, in the log's own database: unlike read models they are permanent, and rows are only added."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    LargeBinary,
    MetaData,
    Select,
    Table,
    Text,
    func,
    select,
)

from ledger.store import merkle
from ledger.store.merkle import CompactRange, Node
from ledger.subscriptions.columns import UTCDateTime

METADATA = MetaData()

LEAVES = Table(
    "log_leaves",
    METADATA,
    Column("leaf_index", BigInteger, primary_key=True, autoincrement=False),
    Column("position", BigInteger, nullable=False, unique=True),
    Column("salt", LargeBinary, nullable=False),
)
# Roots of complete subtrees, in the order in which leaves complete them; level 0 are the leaves' hashes.
NODES = Table(
    "log_nodes",
    METADATA,
    Column("place", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
)
HEADS = Table(
    "log_heads",
    METADATA,
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    Column("root", LargeBinary, nullable=False),
    Column("note", Text, nullable=False),
    Column("signed_at", UTCDateTime, nullable=False),
)
# While one is not settled, nothing is signed.
ALARMS = Table(
    "log_alarms",
    METADATA,
    Column("noticed_at", UTCDateTime, primary_key=True),
    Column("what", Text, nullable=False),
    Column("settled_at", UTCDateTime),
)
MOST_AT_ONCE = 1000  # places in one statement


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf as it was sealed."""

    leaf_index: int
    position: int
    salt: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class Head:
    """A signed head."""

    size: int
    root: bytes
    note: str
    signed_at: datetime


def leaves(connection: Connection, first: int, count: int) -> list[Leaf]:
    """Return so many leaves from this index on."""
    # No sum of the two: a database has no room for a number behind the largest.
    found = leaves_from(connection, first, count)
    return [leaf for leaf in found if leaf.leaf_index < first + count]


def leaves_from(connection: Connection, first: int, count: int) -> list[Leaf]:
    """Return the next leaves from this index on, whichever are there."""
    return _leaves(connection, LEAVES.c.leaf_index >= first, count)


def sealed_at(connection: Connection, positions: Sequence[int]) -> list[tuple[int, int, bytes]]:
    """Return leaf index, position and salt of those of these positions that are sealed, in order."""
    chosen = select(LEAVES).where(LEAVES.c.position.in_(positions)).order_by(LEAVES.c.leaf_index)
    return [(row.leaf_index, row.position, row.salt) for row in connection.execute(chosen)]


def leaves_at(connection: Connection, positions: Collection[int]) -> list[Leaf]:
    """Return the leaves of these positions, in order; one that is not sealed is left out."""
    ordered = sorted(positions)
    slices = [ordered[first : first + MOST_AT_ONCE] for first in range(0, len(ordered), MOST_AT_ONCE)]
    return [leaf for some in slices for leaf in _leaves(connection, LEAVES.c.position.in_(some))]


def end(connection: Connection) -> tuple[int, int]:
    """Return how many leaves there are, and the position of the last; both 0 without any."""
    last = connection.execute(select(LEAVES).order_by(LEAVES.c.leaf_index.desc()).limit(1)).first()
    return (last.leaf_index + 1, last.position) if last else (0, 0)


def latest(connection: Connection) -> Head | None:
    """Return the last head that was signed."""
    return _first(connection, select(HEADS).order_by(HEADS.c.size.desc()))


def covering(connection: Connection, leaf_index: int) -> Head | None:
    """Return the first head that was signed over this leaf."""
    return _first(connection, select(HEADS).where(HEADS.c.size > leaf_index).order_by(HEADS.c.size))


def _first(connection: Connection, chosen: Select[Any]) -> Head | None:
    row = connection.execute(chosen.limit(1)).mappings().first()
    return Head(**row) if row else None


def heads(connection: Connection) -> list[Head]:
    """Return every head, the smallest first."""
    return [Head(**row) for row in connection.execute(select(HEADS).order_by(HEADS.c.size)).mappings()]


def alarm(connection: Connection) -> str | None:
    """Return what stopped the signing, None when nothing did."""
    open_ = select(ALARMS.c.what).where(ALARMS.c.settled_at.is_(None)).order_by(ALARMS.c.noticed_at).limit(1)
    return connection.execute(open_).scalar_one_or_none()


def place(level: int, number: int) -> int:
    """Return where a node stands: behind all that earlier leaves completed, and those below it."""
    last = ((number + 1) << level) - 1  # the leaf that completes it
    return 2 * last - last.bit_count() + level


def nodes(connection: Connection, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return these nodes by level and number; one that is missing is left out.

    A damaged file may answer with places that were not asked for: those are none of these.
    """
    named = {place(*pair): pair for pair in wanted}
    places, found = sorted(named), {}
    for first in range(0, len(places), MOST_AT_ONCE):
        some = NODES.c.place.in_(places[first : first + MOST_AT_ONCE])
        rows = connection.execute(select(NODES).where(some))
        found.update({named[row.place]: row.hash for row in rows if row.place in named})
    return found


def completed(connection: Connection, first: int, count: int) -> list[bytes]:
    """Return all nodes that so many leaves from this index on have completed, in order."""
    places = NODES.c.place.between(place(0, first), place(0, first + count) - 1)
    return list(connection.execute(select(NODES.c.hash).where(places).order_by(NODES.c.place)).scalars())


def grown(connection: Connection, size: int) -> CompactRange:
    """Take up the tree where it was left; raise `LookupError` when a node is gone."""
    found = nodes(connection, merkle.peaks(size))
    return CompactRange.of(size, lambda level, number: found[level, number])


class Wanted:
    """Notes which nodes a computation asks for, so that one question to the database fetches them all."""

    def __init__(self) -> None:
        self.pairs: set[tuple[int, int]] = set()

    def __call__(self, level: int, number: int) -> bytes:
        """Note a node; what is computed of it is thrown away."""
        self.pairs.add((level, number))
        return merkle.EMPTY


def fetched(connection: Connection, wanted: Wanted) -> Node:
    """Return the nodes that were noted, to compute with."""
    found = nodes(connection, wanted.pairs)
    return lambda level, number: found[level, number]


def count(connection: Connection) -> int:
    """Return how many leaves there are, counted one by one."""
    return connection.execute(select(func.count()).select_from(LEAVES)).scalar_one()


def _leaves(connection: Connection, which: ColumnElement[bool], most: int | None = None) -> list[Leaf]:
    chosen = select(LEAVES).where(which).order_by(LEAVES.c.leaf_index).limit(most)
    rows = connection.execute(chosen).all()
    found = nodes(connection, [(0, row.leaf_index) for row in rows])
    return [Leaf(row.leaf_index, row.position, row.salt, found.get((0, row.leaf_index), b"")) for row in rows]
