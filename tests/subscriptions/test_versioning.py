"""Rows that remember."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from sqlalchemy import select

from ledger.subscriptions.database import writing
from ledger.subscriptions.versioning import as_of, current, supersede
from tests.examples import TITLES
from tests.subscriptions.conftest import House

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)


def test_each_row_is_true_from_one_position_until_another(house: House) -> None:
    """At every position there is one row of a key, or none before it began and after it was closed."""
    key = {"job": uuid4()}
    with writing(house.engine) as connection:
        supersede(connection, TITLES, key, 3, NOON, {"title": "One", "events": 1})
        supersede(connection, TITLES, {"job": uuid4()}, 4, NOON, {"title": "Other", "events": 1})
        supersede(connection, TITLES, key, 5, NOON, {"title": "Uno", "events": 2})
        supersede(connection, TITLES, key, 8, NOON, None)
        mine = select(TITLES.c.title).where(TITLES.c.job == key["job"])
        at = [connection.execute(mine.where(as_of(TITLES, position))).scalar_one_or_none() for position in range(2, 10)]

    assert at == [None, "One", "One", "Uno", "Uno", "Uno", None, None]


def test_the_current_row_is_the_one_that_is_true_now(house: House) -> None:
    """None when there never was one, or it is closed."""
    key = {"job": uuid4()}
    with writing(house.engine) as connection:
        assert current(connection, TITLES, key) is None
        supersede(connection, TITLES, key, 3, NOON, {"title": "One", "events": 1})
        row = current(connection, TITLES, key)
        assert row is not None
        assert (row["title"], row["since_position"], row["since_time"]) == ("One", 3, NOON)
        supersede(connection, TITLES, key, 4, NOON, None)
        assert current(connection, TITLES, key) is None
