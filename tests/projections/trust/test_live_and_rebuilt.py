"""The score while a log grows, and worked out anew from zero, on both databases."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from ledger import services
from ledger.config import Settings
from ledger.demo.fill import SMALL, Size, fill
from ledger.domain.actor import OPERATOR
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.trust import queries
from ledger.projections.trust.projector import PROJECTION as TRUST
from ledger.projections.trust.tables import METADATA
from ledger.services import House, StoredLog
from ledger.subscriptions.follower import Follower

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)

# CI takes the small demonstration; some 100,000 events by hand: LEDGER_TRUST_PACE=3.6.
PACE = os.environ.get("LEDGER_TRUST_PACE")
SIZE = Size(german=42, danish=18, pace=float(PACE)) if PACE else SMALL


@contextmanager
def house(url: str) -> Iterator[House]:
    """A house on this database, with tables, at a fixed time."""
    built = services.build(Settings(database_url=url), clock=lambda: NOW)
    built.migrate()
    yield built
    built.close()


def follower(built: House, batch: int) -> Follower:
    """What keeps the score of this house up to date."""
    return Follower(StoredLog(built.store), built.engine, (CONSENTS, TRUST), batch)


def live(built: House) -> list[UUID]:
    """Fill the ledger, followed day by day in small batches; return its firms."""
    following = follower(built, batch=7)

    def day_is_over(_done: int, _days: int) -> None:
        following.catch_up()

    told = fill(built.store, until=NOW.date(), size=SIZE, progress=day_is_over, clock=lambda: NOW)
    following.catch_up()
    return list(told.firms)


def answers(built: House, firms: list[UUID]) -> list[dict[str, Any]]:
    """Every firm's score with all that is said of it."""
    with built.views.read("trust", "consents") as reading:
        return [queries.score(reading, OPERATOR, firm) for firm in firms]


def rows(built: House) -> dict[str, list[Any]]:
    """Everything in the tables of the score."""
    with built.engine.connect() as connection:
        found = {table.name: connection.execute(select(table)).all() for table in METADATA.sorted_tables}
    return {name: sorted(map(repr, table)) for name, table in found.items()}


def played(url: str) -> list[dict[str, Any]]:
    """Return the answers of a ledger that was followed while it grew, once a rebuild has agreed in every row."""
    with house(url) as built:
        firms = live(built)
        before, kept = answers(built, firms), rows(built)
        follower(built, batch=500).rebuild(TRUST.name)
        assert answers(built, firms) == before
        assert rows(built) == kept
        print(f"\n{url.partition(':')[0]}: {built.store.head():,} events, {len(firms)} firms")  # noqa: T201 - how long a log it was, for pytest -s
        return before


@pytest.fixture(scope="module")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> list[dict[str, Any]]:
    """The answers on SQLite."""
    return played(f"sqlite:///{tmp_path_factory.mktemp('played')}/ledger.db")


def test_a_rebuild_equals_what_was_kept_up_to_date(on_sqlite: list[dict[str, Any]]) -> None:
    """Followed event by event or replayed from zero: every answer and every row is the same, to the last digit."""
    assert sum(answer["sufficient"] for answer in on_sqlite) > len(on_sqlite) / 3


@pytest.mark.postgresql
def test_both_databases_give_the_same_scores(on_sqlite: list[dict[str, Any]], postgresql_url: str) -> None:
    """On PostgreSQL as well, and with the same answers, to the last digit."""
    assert played(postgresql_url) == on_sqlite
