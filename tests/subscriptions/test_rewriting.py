"""Rewriting all rows of one thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, PrimaryKeyConstraint, String, Table, select

from ledger.subscriptions.database import writing
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.rewriting import rewrite
from ledger.subscriptions.versioning import as_of, position_columns

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PARTS = Table(
    "parts",
    MetaData(),
    Column("thing", Integer, nullable=False),
    Column("part", String, nullable=False),
    Column("size", Integer),
    *position_columns(),
    PrimaryKeyConstraint("thing", "part", "since_position"),
)


def write(connection: Connection, position: int, thing: int = 1, **sizes: int | None) -> None:
    """Say of which parts a thing consists from this position on."""
    event = SimpleNamespace(timestamp=NOON + timedelta(seconds=position))
    rows = [{"part": part, "size": size} for part, size in sizes.items()]
    rewrite(connection, PARTS, {"thing": thing}, rows, Recorded(position, event))


def read(connection: Connection, position: int, thing: int = 1) -> dict[str, tuple[int | None, int]]:
    """Each part's size at a position, and since which position it is true."""
    query = select(PARTS).where(PARTS.c.thing == thing, as_of(PARTS, position))
    return {row.part: (row.size, row.since_position) for row in connection.execute(query)}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A transaction on a database with an empty table."""
    engine = open_database(database_url)
    with writing(engine) as connection:
        PARTS.metadata.create_all(connection)
        yield connection
    engine.dispose()


def test_only_what_changes_is_written_anew(connection: Connection) -> None:
    """A part that stays the same keeps its row; the others begin, change and end at the position."""
    write(connection, 3, same=1, other=2, gone=3)
    write(connection, 5, same=1, other=None, new=4)
    assert read(connection, 5) == {"same": (1, 3), "other": (None, 5), "new": (4, 5)}
    assert read(connection, 4) == {"same": (1, 3), "other": (2, 3), "gone": (3, 3)}
    assert read(connection, 2) == {}


def test_other_things_are_left_alone(connection: Connection) -> None:
    """Rows of another thing stay, also when this one loses all."""
    write(connection, 1, thing=2, part=1)
    write(connection, 2, part=1)
    write(connection, 3)
    assert (read(connection, 3), read(connection, 3, thing=2)) == ({}, {"part": (1, 1)})
