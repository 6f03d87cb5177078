"""The rows behind a map, as of a reading."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, Table, func, or_, select

from ledger.projections.network_map.tables import BUBBLES, FIRMS, LATEST, PAIRS, PLACES, SNAPSHOTS
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


@dataclass(frozen=True, slots=True)
class Ends:
    """Two firms with the number of their jobs."""

    one: UUID
    other: UUID
    jobs: int


class Rows:
    """What stood in the tables of one network."""

    def __init__(self, reading: Reading, network: UUID) -> None:
        self._connection = reading.connection
        self._position, self._network = reading.position, network
        latest = select(LATEST.c.position).where(LATEST.c.network_id == network)
        # Where nothing has changed since, the open rows are the answer, and an index leads to them.
        self._open = (self._connection.scalar(latest) or 0) <= reading.position

    def snapshot(self) -> RowMapping | None:
        """Return the last snapshot."""
        query = select(SNAPSHOTS).where(SNAPSHOTS.c.network_id == self._network, SNAPSHOTS.c.position <= self._position)
        return next(iter(self._all(query.order_by(SNAPSHOTS.c.position.desc()).limit(1))), None)

    def years(self) -> list[int]:
        """Return the years in which there were jobs, the latest first."""
        query = select(PAIRS.c.year).where(*self._now(PAIRS)).distinct().order_by(PAIRS.c.year.desc())
        return list(self._connection.scalars(query))

    def pairs(self, year: int | None, among: Collection[UUID] | None = None) -> list[Ends]:
        """Return the pairs, of one year or of all, perhaps only those among some firms."""
        which = [*self._now(PAIRS), *([PAIRS.c.year == year] if year is not None else [])]
        if among is not None:
            which += [PAIRS.c.one.in_(among), PAIRS.c.other.in_(among)]
        return self._pairs(which)

    def pairs_of(self, firm: UUID, year: int | None) -> list[Ends]:
        """Return a firm's pairs."""
        which = [*self._now(PAIRS), *([PAIRS.c.year == year] if year is not None else [])]
        return self._pairs([*which, or_(PAIRS.c.one == firm, PAIRS.c.other == firm)])

    def firms(self, only: Collection[UUID] | None = None) -> dict[UUID, RowMapping]:
        """Return the members by id."""
        query = select(FIRMS.c.firm, FIRMS.c.sector, FIRMS.c.country).where(*self._now(FIRMS))
        if only is not None:
            query = query.where(FIRMS.c.firm.in_(only))
        return {row["firm"]: row for row in self._all(query)}

    def count(self) -> int:
        """Return how many members there are."""
        return self._connection.scalar(select(func.count()).select_from(FIRMS).where(*self._now(FIRMS))) or 0

    def places(self, only: Collection[UUID] | None = None) -> dict[UUID, RowMapping]:
        """Return places and measures by firm."""
        query = select(PLACES).where(*self._now(PLACES))
        if only is not None:
            query = query.where(PLACES.c.firm.in_(only))
        return {row["firm"]: row for row in self._all(query)}

    def brokers(self, limit: int) -> Sequence[RowMapping]:
        """Return the firms with the highest betweenness."""
        query = select(PLACES).where(*self._now(PLACES), PLACES.c.betweenness > 0)
        return self._all(query.order_by(PLACES.c.betweenness.desc(), PLACES.c.firm).limit(limit))

    def bubbles(self, limit: int) -> Sequence[RowMapping]:
        """Return the largest communities."""
        query = select(BUBBLES).where(*self._now(BUBBLES))
        return self._all(query.order_by(BUBBLES.c.firms.desc(), BUBBLES.c.community).limit(limit))

    def _pairs(self, which: Sequence[ColumnElement[bool]]) -> list[Ends]:
        jobs = func.sum(PAIRS.c.jobs)
        query = select(PAIRS.c.one, PAIRS.c.other, jobs).where(*which).group_by(PAIRS.c.one, PAIRS.c.other)
        rows = self._connection.execute(query.order_by(PAIRS.c.one, PAIRS.c.other))
        return [Ends(row[0], row[1], int(row[2])) for row in rows]

    def _now(self, table: Table) -> list[ColumnElement[bool]]:
        true = table.c.until_position.is_(None) if self._open else as_of(table, self._position)
        return [table.c.network_id == self._network, true]

    def _all(self, query: Select[Any]) -> Sequence[RowMapping]:
        return self._connection.execute(query).mappings().all()
