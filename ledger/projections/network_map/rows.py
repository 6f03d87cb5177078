"""The rows behind a map, as of a reading.

Firms go by their ids as text: a map names each of them a dozen times, and a `UUID` is slow to make and to compare.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    RowMapping,
    Select,
    String,
    Table,
    and_,
    bindparam,
    cast,
    func,
    or_,
    select,
)

from ledger.projections.network_map.tables import BUBBLES, FIRMS, LATEST, PAIRS, PLACES, SNAPSHOTS
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

NETWORK = bindparam("network", type_=PAIRS.c.network_id.type)
POSITION, LIMIT = bindparam("position", type_=BigInteger), bindparam("limit", type_=Integer)

CHANGED = select(LATEST.c.position).where(LATEST.c.network_id == NETWORK)
SNAPSHOT = (
    select(SNAPSHOTS)
    .where(SNAPSHOTS.c.network_id == NETWORK, SNAPSHOTS.c.position <= POSITION)
    .order_by(SNAPSHOTS.c.position.desc())
    .limit(1)
)


class Ends(NamedTuple):
    """Two firms with the number of their jobs."""

    one: str
    other: str
    jobs: int


class Rows:
    """What stood in the tables of one network."""

    def __init__(self, reading: Reading, network: UUID) -> None:
        self._connection = reading.connection
        self._asked = {"network": network, "position": reading.position}
        # Where nothing has changed since, the open rows are the answer, and an index leads to them.
        self._open = (self._connection.scalar(CHANGED, self._asked) or 0) <= reading.position

    def snapshot(self) -> RowMapping | None:
        """Return the last snapshot."""
        return next(iter(self._all(SNAPSHOT)), None)

    def years(self) -> list[int]:
        """Return the years in which there were jobs, the latest first."""
        query = select(PAIRS.c.year).where(_now(PAIRS, self._open)).distinct().order_by(PAIRS.c.year.desc())
        return list(self._connection.scalars(query, self._asked))

    def pairs(self, year: int | None, among: Collection[UUID] | None = None) -> list[Ends]:
        """Return the pairs, of one year or of all, perhaps only those among some firms."""
        which = [_now(PAIRS, self._open), *([PAIRS.c.year == year] if year is not None else [])]
        if among is not None:
            which += [PAIRS.c.one.in_(among), PAIRS.c.other.in_(among)]
        return self._pairs(which)

    def pairs_of(self, firm: UUID, year: int | None) -> list[Ends]:
        """Return a firm's pairs."""
        which = [_now(PAIRS, self._open), *([PAIRS.c.year == year] if year is not None else [])]
        return self._pairs([*which, or_(PAIRS.c.one == firm, PAIRS.c.other == firm)])

    def firms(self, only: Collection[UUID] | None = None) -> dict[str, RowMapping]:
        """Return the members by id."""
        query = _firms(self._open)
        if only is not None:
            query = query.where(FIRMS.c.firm.in_(only))
        return {str(row["firm"]): row for row in self._all(query)}

    def count(self) -> int:
        """Return how many members there are."""
        return self._connection.scalar(_count(self._open), self._asked) or 0

    def places(self, only: Collection[UUID] | None = None) -> dict[str, RowMapping]:
        """Return places and measures by firm."""
        query = select(PLACES).where(_now(PLACES, self._open))
        if only is not None:
            query = query.where(PLACES.c.firm.in_(only))
        return {str(row["firm"]): row for row in self._all(query)}

    def brokers(self, limit: int) -> Sequence[RowMapping]:
        """Return the firms with the highest betweenness."""
        return self._all(_brokers(self._open), limit=limit)

    def bubbles(self, limit: int) -> Sequence[RowMapping]:
        """Return the largest communities."""
        return self._all(_bubbles(self._open), limit=limit)

    def _pairs(self, which: Sequence[ColumnElement[bool]]) -> list[Ends]:
        jobs = func.sum(PAIRS.c.jobs)
        query = select(cast(PAIRS.c.one, String), cast(PAIRS.c.other, String), jobs).where(*which)
        query = query.group_by(PAIRS.c.one, PAIRS.c.other).order_by(PAIRS.c.one, PAIRS.c.other)
        id_of = cache(lambda written: str(UUID(written)))  # the two databases write an id each in its own way
        rows = self._connection.execute(query, self._asked).all()
        return [Ends(id_of(one), id_of(other), int(count)) for one, other, count in rows]

    def _all(self, query: Select[Any], **more: Any) -> Sequence[RowMapping]:
        return self._connection.execute(query, {**self._asked, **more}).mappings().all()


# Statements are built once: building one costs more than running it.


@cache
def _now(table: Table, open_: bool) -> ColumnElement[bool]:  # noqa: FBT001 - whether the open rows are the answer
    true = table.c.until_position.is_(None) if open_ else as_of(table, POSITION)
    return and_(table.c.network_id == NETWORK, true)


@cache
def _firms(open_: bool) -> Select[Any]:  # noqa: FBT001
    return select(FIRMS.c.firm, FIRMS.c.sector, FIRMS.c.country).where(_now(FIRMS, open_))


@cache
def _count(open_: bool) -> Select[Any]:  # noqa: FBT001
    return select(func.count()).select_from(FIRMS).where(_now(FIRMS, open_))


@cache
def _brokers(open_: bool) -> Select[Any]:  # noqa: FBT001
    found = select(PLACES).where(_now(PLACES, open_), PLACES.c.betweenness > 0)
    return found.order_by(PLACES.c.betweenness.desc(), PLACES.c.firm).limit(LIMIT)


@cache
def _bubbles(open_: bool) -> Select[Any]:  # noqa: FBT001
    found = select(BUBBLES).where(_now(BUBBLES, open_))
    return found.order_by(BUBBLES.c.firms.desc(), BUBBLES.c.community).limit(LIMIT)
