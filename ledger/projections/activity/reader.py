"""The sums as they are asked for: one statement each, over few rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Connection, Select, func, select

from ledger.projections.activity.job import A_BILLION, ALL, STATEMENTS
from ledger.projections.activity.tables import MEMBERS, MONEY, MONTHS, PAIRS, RHYTHM, WAITS

COUNTED = ("claimed", "confirmed", "crossing", "disputed", "training", "trainees", "capacity")


class Counts(NamedTuple):
    """What is counted of a kind in a month."""

    claimed: int = 0
    confirmed: int = 0
    crossing: int = 0
    disputed: int = 0
    training: int = 0
    trainees: int = 0
    capacity: int = 0


@dataclass(frozen=True)
class Sums:
    """The sums of a network in one selection of its firms."""

    connection: Connection
    network: UUID
    sector: str = ALL
    country: str = ALL

    def months(self, since: int, until: int) -> dict[tuple[int, str], Counts]:
        """Return what is counted by month and kind."""
        table = MONTHS
        columns = (table.c.month, table.c.kind, *(table.c[name] for name in COUNTED))
        rows = self._rows(self._selected(table, since, until, *columns))
        return {(row[0], row[1]): Counts(*row[2:]) for row in rows}

    def by_sector(self, since: int, until: int) -> dict[str, int]:
        """Return the confirmed jobs of each sector, in the country alone."""
        work = (MONTHS.c.country == self.country, MONTHS.c.sector != ALL)
        return {row[0]: row[1] for row in self._work(since, until, MONTHS.c.sector, *work) if row[1]}

    def by_country(self, since: int, until: int) -> dict[str, tuple[int, int]]:
        """Return the confirmed jobs of each country, and how many of them cross a border."""
        work = [MONTHS.c.sector == self.sector, MONTHS.c.country != ALL]
        if self.country != ALL:
            work.append(MONTHS.c.country == self.country)
        return {row[0]: (row[1], row[2]) for row in self._work(since, until, MONTHS.c.country, *work) if row[1]}

    def waits(self, since: int, until: int) -> dict[int, dict[int, int]]:
        """Return, by month, how many jobs were confirmed after so many tenths of a day."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        query = self._selected(WAITS, since, until, WAITS.c.month, WAITS.c.tenths, WAITS.c.jobs)
        for month, tenths, jobs in self._rows(query):
            found[month][tenths] = jobs
        return found

    def money(self, since: int, until: int) -> dict[tuple[int, str, str], tuple[int, int]]:
        """Return volume and saving by month, kind and currency, in minor units."""
        names = ("month", "kind", "currency", "volume_billions", "volume_rest", "saving_billions", "saving_rest")
        rows = self._rows(self._selected(MONEY, since, until, *(MONEY.c[name] for name in names)))
        return {(row[0], row[1], row[2]): (row[3] * A_BILLION + row[4], row[5] * A_BILLION + row[6]) for row in rows}

    def pairs(self, since: int, until: int, country: str | None = None) -> dict[tuple[str, str], int]:
        """Return the jobs between sectors, in one country or in all."""
        table = PAIRS
        query = (
            select(table.c.one, table.c.other, func.sum(table.c.jobs))
            .where(
                table.c.network_id == self.network,
                table.c.country == (country or self.country),
                table.c.month.between(since, until),
            )
            .group_by(table.c.one, table.c.other)
        )
        return {(row[0], row[1]): int(row[2]) for row in self._rows(query) if row[2]}

    def rhythm(self, until: int) -> list[tuple[int, int, int]]:
        """Return month, previous month and how many firms."""
        query = select(RHYTHM.c.month, RHYTHM.c.previous, RHYTHM.c.firms).where(
            RHYTHM.c.network_id == self.network,
            RHYTHM.c.sector == self.sector,
            RHYTHM.c.country == self.country,
            RHYTHM.c.month <= until,
        )
        return [(row[0], row[1], row[2]) for row in self._rows(query)]

    def members(self, since: int) -> list[tuple[str, str, int, int, int]]:
        """Return sector, country and month of admission, how many members, and how many of them active since."""
        active = func.count().filter(MEMBERS.c.last >= since)
        group = (MEMBERS.c.sector, MEMBERS.c.country, MEMBERS.c.admitted)
        query = select(*group, func.count(), active).where(MEMBERS.c.network_id == self.network).group_by(*group)
        return [(row[0], row[1], row[2], row[3], row[4]) for row in self._rows(query)]

    def _selected(self, table: Any, since: int, until: int, *columns: Any) -> Select[Any]:
        return select(*columns).where(
            table.c.network_id == self.network,
            table.c.sector == self.sector,
            table.c.country == self.country,
            table.c.month.between(since, until),
        )

    def _work(self, since: int, until: int, group: Any, *which: Any) -> Sequence[tuple[Any, ...]]:
        own = (MONTHS.c.network_id == self.network, MONTHS.c.month.between(since, until))
        sums = (func.sum(MONTHS.c.confirmed), func.sum(MONTHS.c.crossing))
        work = MONTHS.c.kind.not_in(sorted(STATEMENTS))
        return self._rows(select(group, *sums).where(*own, *which, work).group_by(group))

    def _rows(self, query: Select[Any]) -> Sequence[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(query)]


def firms_within(rhythm: Sequence[tuple[int, int, int]], since: int, until: int) -> int:
    """Return how many firms worked with others in these months, each counted once."""
    return sum(firms for month, previous, firms in rhythm if since <= month <= until and previous < since)
