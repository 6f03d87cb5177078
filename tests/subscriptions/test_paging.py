"""Keyset pages on both databases."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Column, Connection, Date, MetaData, Table, Text, Uuid, select

from ledger.subscriptions.columns import UTCDateTime
from ledger.subscriptions.database import writing
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.paging import BadCursor, fetch

METADATA = MetaData()
WORKS = Table(
    "works",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("day", Date, nullable=False),
    Column("at", UTCDateTime, nullable=False),
    Column("name", Text, nullable=False),
)
KEYS = (WORKS.c.day, WORKS.c.id)
ANY = "00000000-0000-4000-8000-000000000000"  # the name of a test holds it: the same in every process


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """Seven works on three days."""
    engine = open_database(database_url)
    with writing(engine) as connection:
        METADATA.create_all(connection)
        for n in range(7):
            day, at = date(2026, 3, 1 + n // 3), datetime(2026, 3, 1, n, microsecond=n, tzinfo=UTC)
            connection.execute(WORKS.insert().values(id=uuid4(), day=day, at=at, name=f"ÄÖ {n} '\u00ad"))
        yield connection
    engine.dispose()


def walk(connection: Connection, keys: Any, limit: int, *, descending: bool) -> list[UUID]:
    """All ids, page after page."""
    found, cursor = [], None
    while True:
        rows, cursor = fetch(connection, select(WORKS), keys, limit=limit, cursor=cursor, descending=descending)
        assert len(rows) <= limit
        found += [row["id"] for row in rows]
        if cursor is None:
            return found


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("limit", [1, 3, 7, 8])
@pytest.mark.parametrize("keys", [KEYS, (WORKS.c.at,), (WORKS.c.name, WORKS.c.id)], ids=["day", "at", "name"])
def test_pages_make_the_whole(connection: Connection, keys: Any, limit: int, descending: bool) -> None:
    """Page after page gives every row once, in order."""
    order = (key.desc() if descending else key for key in keys)
    whole = list(connection.execute(select(WORKS.c.id).order_by(*order)).scalars())
    assert walk(connection, keys, limit, descending=descending) == whole


def test_a_page_is_not_moved_by_what_is_added(connection: Connection) -> None:
    """A row added before the cursor does not repeat or hide another."""
    rows, cursor = fetch(connection, select(WORKS), KEYS, limit=3)
    connection.execute(WORKS.insert().values(id=uuid4(), day=date(2020, 1, 1), at=datetime.now(UTC), name="early"))
    rest, _ = fetch(connection, select(WORKS), KEYS, limit=10, cursor=cursor)
    assert len({row["id"] for row in (*rows, *rest)}) == 7


def cursor_of(*values: object) -> str:
    """A cursor forged from these values."""
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "ü",
        "....",
        cursor_of(),
        cursor_of("2026-03-01"),
        cursor_of("2026-03-01", "not an id"),
        cursor_of("no day", ANY),
        cursor_of(1, 2),
        cursor_of(None, None),
        cursor_of("2026-03-01", ANY, "more"),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
        base64.urlsafe_b64encode(b"7").decode(),
    ],
)
def test_a_made_up_cursor_is_refused(connection: Connection, cursor: str) -> None:
    """Whatever is no cursor is a `BadCursor`, never an error of the database."""
    with pytest.raises(BadCursor):
        fetch(connection, select(WORKS), KEYS, limit=3, cursor=cursor)


@pytest.mark.parametrize("name", ["\0", "\ud800", 7])
def test_text_that_no_database_takes_is_refused(connection: Connection, name: object) -> None:
    """A forged text in a cursor does not reach the database."""
    with pytest.raises(BadCursor):
        fetch(
            connection,
            select(WORKS),
            (WORKS.c.name, WORKS.c.id),
            limit=3,
            cursor=cursor_of(name, str(uuid4())),
        )


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "2026-03-01T00:00:00"])
def test_a_moment_beyond_time_is_refused(connection: Connection, at: str) -> None:
    """A forged moment in a cursor does not reach the database."""
    with pytest.raises(BadCursor):
        fetch(connection, select(WORKS), (WORKS.c.at,), limit=3, cursor=cursor_of(at))
