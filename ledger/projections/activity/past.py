"""The sums of the past, added up anew from what the jobs were then, in tables of the same shape."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from ledger.projections.activity.job import Sums, added, adds
from ledger.projections.activity.months import NEVER
from ledger.projections.activity.sums import rhythm, rows_of, selections
from ledger.projections.activity.tables import ACTIVE, FIRMS, JOBS, MEMBERS, METADATA, RHYTHM, SUMMED, TIES
from ledger.subscriptions.database import writing
from ledger.subscriptions.opening import open_database
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Months = dict[UUID, list[int]]


@contextmanager
def sums_of(reading: Reading, network: UUID) -> Iterator[Connection]:
    """Yield where the sums of a network stand as of the reading: its own tables, or ones that are made for it."""
    last = reading.connection.scalar(select(SUMMED.c.position).where(SUMMED.c.network_id == network)) or 0
    if last <= reading.position:
        yield reading.connection
        return
    engine = open_database("memory:")
    try:
        with writing(engine) as connection:
            METADATA.create_all(connection)
            _fill(connection, reading, network)
            yield connection
    finally:
        engine.dispose()


def _fill(connection: Connection, reading: Reading, network: UUID) -> None:
    query = select(JOBS.c.content).where(JOBS.c.network_id == network, as_of(JOBS, reading.position))
    sums = added(adds(content) for content in reading.connection.scalars(query))
    members = _members(reading, network, sums)
    sums[RHYTHM] = _rhythm(members, _months(sums))
    for table, rows in sums.items():
        if rows:
            connection.execute(table.insert(), list(rows_of(table, network, rows)))
    if members:
        connection.execute(MEMBERS.insert(), members)


def _members(reading: Reading, network: UUID, sums: Sums) -> list[dict[str, Any]]:
    partners: dict[UUID, int] = {}
    for firm, _ in sums.get(TIES, {}):
        partners[firm] = partners.get(firm, 0) + 1
    months = _months(sums)
    columns = [FIRMS.c[name] for name in ("network_id", "firm", "sector", "country", "admitted")]
    query = select(*columns).where(FIRMS.c.network_id == network, as_of(FIRMS, reading.position))
    rows = [dict(row) for row in reading.connection.execute(query).mappings()]
    for row in rows:
        last = max(months.get(row["firm"], ()), default=NEVER)
        quiet = row["admitted"] if last == NEVER else last
        row.update(partners=partners.get(row["firm"], 0), last=last, quiet=quiet)
    return rows


def _months(sums: Sums) -> Months:
    active = sorted(sums.get(ACTIVE, {}))
    return {firm: [month for _, month in keys] for firm, keys in groupby(active, key=lambda key: key[0])}


def _rhythm(members: list[dict[str, Any]], months: Months) -> dict[tuple[Any, ...], tuple[int, ...]]:
    one: Sums = added(
        {RHYTHM: {(*where, *step): (1,)}}
        for member in members
        for where in selections(member["sector"], member["country"])
        for step in rhythm(months.get(member["firm"], []))
    )
    return one.get(RHYTHM, {})
