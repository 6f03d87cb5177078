"""The peer: the same figures counted from the rows of jobs, as whoever had no sums would do it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Uuid,
    distinct,
    func,
    select,
)

from ledger.domain.collaboration import Collaboration
from ledger.subscriptions.database import writing
from ledger.subscriptions.opening import open_database
from scripts.benchmarks.overview.network import Size, events

METADATA = MetaData()
JOBS = Table(
    "naive_jobs",
    METADATA,
    Column("id", Uuid, primary_key=True),
    Column("kind", String),
    Column("on", Date),
    Column("month", String(7)),
    Column("crossing", Integer),
    Index("naive_jobs_on", "on"),
)
PARTIES = Table(
    "naive_parties",
    METADATA,
    Column("job", Uuid, primary_key=True),
    Column("firm", Uuid, primary_key=True),
    Column("on", Date),
    Index("naive_parties_on", "on"),
)


@contextmanager
def opened(folder: Path, size: Size) -> Iterator[Engine]:
    """Yield what the peer keeps in this folder, written unless it has been before.

    That is a row a confirmed job and a row a party, with the indexes that its questions want.
    """
    fresh = not (folder / "naive.db").exists()
    engine = open_database(f"sqlite:///{folder}/naive.db")
    try:
        if fresh:
            with writing(engine) as connection:
                METADATA.create_all(connection)
                for table, rows in zip((JOBS, PARTIES), _rows(size), strict=True):
                    connection.execute(table.insert(), rows)
        yield engine
    finally:
        engine.dispose()


def _rows(size: Size) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the confirmed jobs of the network, and their parties."""
    jobs, parties = [], []
    for event in (recorded.event for recorded in events(size)):
        if isinstance(event, Collaboration.Confirmed):
            id_, on = event.originator_id, event.happened_on
            jobs.append({"id": id_, "kind": event.kind, "on": on, "month": on.isoformat()[:7], "crossing": 0})
            parties += [{"job": id_, "firm": party["firm"], "on": on} for party in event.parties]
    return jobs, parties


def count(connection: Connection, today: date) -> Iterable[Any]:
    """Count jobs by month and kind over two years, and firms with a partner in each of them: a part of the overview."""
    year, before = today.replace(year=today.year - 1), today.replace(year=today.year - 2)
    by_month = select(JOBS.c.month, JOBS.c.kind, func.count(), func.sum(JOBS.c.crossing))
    firms = select(func.count(distinct(PARTIES.c.firm)))
    return [
        connection.execute(by_month.where(JOBS.c.on > before).group_by(JOBS.c.month, JOBS.c.kind)).all(),
        connection.scalar(firms.where(PARTIES.c.on > year)),
        connection.scalar(firms.where(PARTIES.c.on > before, PARTIES.c.on <= year)),
    ]
