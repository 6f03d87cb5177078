"""Rows that handlers read and write, until they are written together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, datetime

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, PrimaryKeyConstraint, String, Table, event, func, select

from ledger.subscriptions.database import writing
from ledger.subscriptions.holding import add, begin, existing, holding, increase, put, remove, row, rows
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.statements import MANY
from ledger.subscriptions.versioning import currents, position_columns, supersede

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
METADATA = MetaData()
PARTS = Table(
    "held_parts",
    METADATA,
    Column("thing", Integer, nullable=False),
    Column("part", String, nullable=False),
    Column("size", Integer),
    PrimaryKeyConstraint("thing", "part"),
)
VERSIONED = Table(
    "held_versions",
    METADATA,
    Column("thing", Integer, nullable=False),
    Column("part", String, nullable=False),
    Column("size", Integer),
    *position_columns(),
    PrimaryKeyConstraint("thing", "part", "since_position"),
)
WORDS = Table("held_words", METADATA, Column("on", Integer, primary_key=True), Column("order", String))
A, B = {"thing": 1, "part": "a"}, {"thing": 1, "part": "b"}


@pytest.fixture
def connection(database_url: str) -> Iterator[Connection]:
    """A transaction on a database with two empty tables."""
    engine = open_database(database_url)
    with writing(engine) as connection:
        METADATA.create_all(connection)
        yield connection
    engine.dispose()


@pytest.fixture
def statements(connection: Connection) -> Iterator[list[str]]:
    """What is sent to the database from now on."""
    sent: list[str] = []

    def note(*heard: object) -> None:
        sent.append(str(heard[2]).split()[0])

    event.listen(connection.engine, "before_cursor_execute", note)
    yield sent
    event.remove(connection.engine, "before_cursor_execute", note)


def sizes(connection: Connection) -> dict[str, int | None]:
    """What the database itself holds."""
    return {part: size for part, size in connection.execute(select(PARTS.c.part, PARTS.c.size))}  # noqa: C416


def test_what_is_written_is_seen_at_once_and_written_once(connection: Connection, statements: list[str]) -> None:
    """Rows added, replaced and removed show in what is read, by the whole key and by a part of it."""
    with holding(connection):
        begin(connection, {"thing": 1}, PARTS)
        add(connection, PARTS, {**A, "size": 1}, {**B, "size": 1})
        put(connection, PARTS, {**A, "size": 2})
        remove(connection, PARTS, B)
        assert rows(connection, PARTS, {"thing": 1}) == [{**A, "size": 2}]
        assert row(connection, PARTS, A) == {**A, "size": 2}
        assert not {"INSERT", "DELETE"} & set(statements[3:]), statements
    assert sizes(connection) == {"a": 2}


def test_a_column_may_be_named_by_a_word_of_sql(connection: Connection) -> None:
    """Also when there are enough rows for a COPY."""
    with holding(connection):
        add(connection, WORDS, *({"on": number, "order": "x"} for number in range(MANY)))
    assert connection.scalar(select(func.count()).select_from(WORDS)) == MANY


def test_a_row_is_read_once(connection: Connection, statements: list[str]) -> None:
    """Also one that is not there; what is not there but must be is an error."""
    with holding(connection):
        for _ in range(3):
            assert row(connection, PARTS, A) is None
        with pytest.raises(LookupError, match="held_parts has no row"):
            existing(connection, PARTS, A)
    assert statements == ["SELECT"]


def test_amounts_add_up(connection: Connection) -> None:
    """From nothing, within a batch and from one to the next."""
    for _ in range(2):
        with holding(connection):
            increase(connection, PARTS, [{**A, "size": 2}, {**B, "size": 1}])
            increase(connection, PARTS, [{**A, "size": 3}])
    assert sizes(connection) == {"a": 10, "b": 2}


def test_a_statement_of_its_own_finds_everything(connection: Connection) -> None:
    """And what it changes is read again."""
    with holding(connection):
        put(connection, PARTS, {**A, "size": 1})
        assert row(connection, PARTS, A) == {**A, "size": 1}
        assert sizes(connection) == {"a": 1}
        connection.execute(PARTS.update().values(size=5))
        assert row(connection, PARTS, A) == {**A, "size": 5}


def test_a_batch_that_fails_writes_nothing(connection: Connection) -> None:
    """What it held is gone."""
    with pytest.raises(TypeError), holding(connection):
        _stumble(connection)
    assert sizes(connection) == {}
    assert row(connection, PARTS, A) is None


def _stumble(connection: Connection) -> None:
    put(connection, PARTS, {**A, "size": 1})
    raise TypeError


@pytest.mark.parametrize("together", [True, False])
def test_every_version_is_kept(connection: Connection, together: bool) -> None:
    """Rows that begin and end within one batch are the same as those written one by one."""
    with holding(connection) if together else nullcontext():
        supersede(connection, VERSIONED, A, 1, NOON, {"size": 1})
        supersede(connection, VERSIONED, B, 2, NOON, {"size": 1})
        supersede(connection, VERSIONED, A, 3, NOON, {"size": 2})
        supersede(connection, VERSIONED, B, 4, NOON, None)
        assert [one["size"] for one in currents(connection, VERSIONED, {"thing": 1})] == [2]
    told = select(VERSIONED.c.part, VERSIONED.c.since_position, VERSIONED.c.until_position)
    found = [tuple(one) for one in connection.execute(told.order_by(VERSIONED.c.since_position))]
    assert found == [("a", 1, 3), ("b", 2, 4), ("a", 3, None)]
    assert connection.scalar(select(func.count()).select_from(VERSIONED)) == len(found)
