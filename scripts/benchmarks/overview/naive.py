"""The peer: the same figures counted from the rows of jobs, as whoever had no sums would do it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Column, Connection, Date, Index, Integer, MetaData, String, Table, Uuid, distinct, func, select

from ledger.domain.collaboration import Collaboration
from ledger.subscriptions.event_log import Recorded

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


class Rows:
    """What the peer keeps: a row a confirmed job and a row a party, with the indexes that its questions want."""

    def __init__(self) -> None:
        self._jobs: dict[Any, dict[str, Any]] = {}
        self._parties: list[dict[str, Any]] = []

    def note(self, recorded: Recorded) -> None:
        """Keep a confirmed job."""
        event = recorded.event
        if isinstance(event, Collaboration.Confirmed):
            on = event.happened_on
            row = {"id": event.originator_id, "kind": event.kind, "on": on, "month": on.isoformat()[:7], "crossing": 0}
            self._jobs[event.originator_id] = row
            self._parties += [{"job": row["id"], "firm": party["firm"], "on": on} for party in event.parties]

    def write(self, connection: Connection) -> None:
        """Write them all."""
        METADATA.create_all(connection)
        connection.execute(JOBS.insert(), list(self._jobs.values()))
        connection.execute(PARTIES.insert(), self._parties)


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
