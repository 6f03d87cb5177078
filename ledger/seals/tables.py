"""The tree's tables, in the log's own database: unlike read models they are permanent, and rows are only added."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import (
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    Integer,
    LargeBinary,
    MetaData,
    RowMapping,
    Table,
    Text,
    func,
    or_,
    select,
    tuple_,
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
# Roots of complete subtrees; level 0 are the leaves' hashes.
NODES = Table(
    "log_nodes",
    METADATA,
    Column("level", Integer, primary_key=True, autoincrement=False),
    Column("number", BigInteger, primary_key=True, autoincrement=False),
    Column("hash", LargeBinary, nullable=False),
    sqlite_with_rowid=False,
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
MOST_AT_ONCE = 400  # pairs in one statement


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
    within = LEAVES.c.leaf_index.between(first, first + count - 1)
    return [Leaf(**row) for row in _joined(connection, within)]


def leaves_from(connection: Connection, first: int, count: int) -> list[Leaf]:
    """Return the next leaves from this index on, whichever are there."""
    return [Leaf(**row) for row in _joined(connection, LEAVES.c.leaf_index >= first, count)]


def leaves_at(connection: Connection, positions: Sequence[int]) -> list[Leaf]:
    """Return the leaves of those of these positions that are sealed, in order."""
    return [Leaf(**row) for row in _joined(connection, LEAVES.c.position.in_(positions))]


def end(connection: Connection) -> tuple[int, int]:
    """Return how many leaves there are, and the position of the last; both 0 without any."""
    last = connection.execute(select(LEAVES).order_by(LEAVES.c.leaf_index.desc()).limit(1)).first()
    return (last.leaf_index + 1, last.position) if last else (0, 0)


def latest(connection: Connection) -> Head | None:
    """Return the last head that was signed."""
    row = connection.execute(select(HEADS).order_by(HEADS.c.size.desc()).limit(1)).mappings().first()
    return Head(**row) if row else None


def heads(connection: Connection) -> list[Head]:
    """Return every head, the smallest first."""
    return [Head(**row) for row in connection.execute(select(HEADS).order_by(HEADS.c.size)).mappings()]


def alarm(connection: Connection) -> str | None:
    """Return what stopped the signing, None when nothing did."""
    open_ = select(ALARMS.c.what).where(ALARMS.c.settled_at.is_(None)).order_by(ALARMS.c.noticed_at).limit(1)
    return connection.execute(open_).scalar_one_or_none()


def nodes(connection: Connection, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    """Return these nodes by level and number; one that is missing is left out."""
    pairs, found = sorted(set(wanted)), {}
    for first in range(0, len(pairs), MOST_AT_ONCE):
        named = tuple_(NODES.c.level, NODES.c.number).in_(pairs[first : first + MOST_AT_ONCE])
        found.update({(row.level, row.number): row.hash for row in connection.execute(select(NODES).where(named))})
    return found


def level(connection: Connection, level: int, first: int, count: int) -> list[bytes]:
    """Return so many nodes of a level from this number on."""
    within = (NODES.c.level == level) & NODES.c.number.between(first, first + count - 1)
    return list(connection.execute(select(NODES.c.hash).where(within).order_by(NODES.c.number)).scalars())


def within(connection: Connection, first: int, count: int) -> dict[tuple[int, int], bytes]:
    """Return the nodes that these leaves completed, and perhaps neighbours of them."""
    last = first + count - 1
    levels = range(last.bit_length() + 1)
    spans = [(NODES.c.level == level) & NODES.c.number.between(first >> level, last >> level) for level in levels]
    found = connection.execute(select(NODES).where(or_(*spans)))
    return {(row.level, row.number): row.hash for row in found}


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


def _joined(connection: Connection, which: ColumnElement[bool], most: int | None = None) -> list[RowMapping]:
    hashes = NODES.alias()
    same = (hashes.c.level == 0) & (hashes.c.number == LEAVES.c.leaf_index)
    chosen = select(LEAVES, func.coalesce(hashes.c.hash, b"").label("hash"))
    statement = chosen.join_from(LEAVES, hashes, same, isouter=True).where(which).order_by(LEAVES.c.leaf_index)
    return list(connection.execute(statement.limit(most)).mappings())
