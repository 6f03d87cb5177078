"""Read models of earlier releases are dropped, so that an erasure leaves nothing in them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Engine, Integer, MetaData, Table, inspect

from ledger.subscriptions.database import writing
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.outdated import drop_outdated
from ledger.subscriptions.projection import Projection

NAMES = ("firms_v1_firms", "firms_v2_firms", "firms_v10_firms", "firms_of_others_v1", "timeline_v1", "checkpoints")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """A database with tables of several releases."""
    opened, metadata = open_database(database_url), MetaData()
    for name in NAMES:
        Table(name, metadata, Column("id", Integer))
    with writing(opened) as connection:
        metadata.create_all(connection)
    yield opened
    opened.dispose()


def test_only_earlier_versions_are_dropped(engine: Engine) -> None:
    """The present version stays, and so does what is no read model of these."""
    known = [Projection("firms", 10, MetaData(), {}), Projection("timeline", 1, MetaData(), {})]
    drop_outdated(engine, known)
    assert set(inspect(engine).get_table_names()) == set(NAMES) - {"firms_v1_firms", "firms_v2_firms"}
