"""The sums as they are asked for: one statement each, over few rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, Table, bindparam, func, select

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


def _of(table: Table, *columns: ColumnElement[Any], by: Sequence[str] = ("sector", "country")) -> Select[Any]:
    """Build a statement once: building one costs more than running it."""
    chosen = [table.c[name] == bindparam(name) for name in by]
    months = table.c.month.between(bindparam("since"), bindparam("until"))
    return select(*columns).where(_its(table), *chosen, months)


def _its(table: Table) -> ColumnElement[bool]:
    return table.c.network_id == bindparam("network", type_=table.c.network_id.type)


WORK = MONTHS.c.kind.not_in(sorted(STATEMENTS))
CONFIRMED = (func.sum(MONTHS.c.confirmed), func.sum(MONTHS.c.crossing))
PLACE = (MEMBERS.c.sector, MEMBERS.c.country)
ADMITTED = MEMBERS.c.admitted <= bindparam("until")
AMOUNTS = ("volume_billions", "volume_rest", "saving_billions", "saving_rest")

OF_MONTHS = _of(MONTHS, MONTHS.c.month, MONTHS.c.kind, *(MONTHS.c[name] for name in COUNTED))
OF_SECTORS = (
    _of(MONTHS, MONTHS.c.sector, *CONFIRMED, by=("country",))
    .where(MONTHS.c.sector != ALL, WORK)
    .group_by(MONTHS.c.sector)
)
OF_COUNTRIES = (
    _of(MONTHS, MONTHS.c.country, *CONFIRMED, by=("sector",))
    .where(MONTHS.c.country != ALL, WORK)
    .group_by(MONTHS.c.country)
)
OF_WAITS = _of(WAITS, WAITS.c.month, WAITS.c.tenths, WAITS.c.jobs)
OF_WAIT = _of(WAITS, WAITS.c.tenths, func.sum(WAITS.c.jobs)).group_by(WAITS.c.tenths)
OF_MONEY = _of(MONEY, MONEY.c.month, MONEY.c.kind, MONEY.c.currency, *(MONEY.c[name] for name in AMOUNTS))
OF_PAIRS = _of(PAIRS, PAIRS.c.one, PAIRS.c.other, func.sum(PAIRS.c.jobs), by=("country",)).group_by(
    PAIRS.c.one, PAIRS.c.other
)
OF_RHYTHM = _of(RHYTHM, RHYTHM.c.month, RHYTHM.c.previous, RHYTHM.c.firms)
OF_MEMBERS = (
    select(*PLACE, func.count().filter(ADMITTED), func.count().filter(ADMITTED, MEMBERS.c.last >= bindparam("since")))
    .where(_its(MEMBERS))
    .group_by(*PLACE)
)


class Group(NamedTuple):
    """Members of one sector in one country."""

    sector: str
    country: str
    members: int
    active: int


@dataclass(frozen=True)
class Sums:
    """The sums of a network in one selection of its firms."""

    connection: Connection
    network: UUID
    sector: str = ALL
    country: str = ALL

    def months(self, since: int, until: int) -> dict[tuple[int, str], Counts]:
        """Return what is counted by month and kind."""
        return {(row[0], row[1]): Counts(*row[2:]) for row in self._rows(OF_MONTHS, since, until)}

    def by_sector(self, since: int, until: int) -> dict[str, int]:
        """Return the confirmed jobs of each sector, in the country alone."""
        return {row[0]: row[1] for row in self._rows(OF_SECTORS, since, until) if row[1]}

    def by_country(self, since: int, until: int) -> dict[str, tuple[int, int]]:
        """Return the confirmed jobs of each country, and how many of them cross a border."""
        rows = [row for row in self._rows(OF_COUNTRIES, since, until) if self.country in (ALL, row[0])]
        return {row[0]: (row[1], row[2]) for row in rows if row[1]}

    def waits(self, since: int, until: int) -> dict[int, dict[int, int]]:
        """Return, by month, how many jobs were confirmed after so many tenths of a day."""
        found: dict[int, dict[int, int]] = defaultdict(dict)
        for month, tenths, jobs in self._rows(OF_WAITS, since, until):
            found[month][tenths] = jobs
        return found

    def wait(self, since: int, until: int) -> dict[int, int]:
        """Return the same of several months together."""
        return {tenths: int(jobs) for tenths, jobs in self._rows(OF_WAIT, since, until)}

    def money(self, since: int, until: int) -> dict[tuple[int, str, str], tuple[int, int]]:
        """Return volume and saving by month, kind and currency, in minor units."""
        rows = self._rows(OF_MONEY, since, until)
        return {(row[0], row[1], row[2]): (row[3] * A_BILLION + row[4], row[5] * A_BILLION + row[6]) for row in rows}

    def pairs(self, since: int, until: int, country: str | None = None) -> dict[tuple[str, str], int]:
        """Return the jobs between sectors, in one country or in all."""
        rows = self._rows(OF_PAIRS, since, until, country=country or self.country)
        return {(row[0], row[1]): int(row[2]) for row in rows if row[2]}

    def rhythm(self, since: int, until: int) -> list[tuple[int, int, int]]:
        """Return month, previous month and how many firms."""
        return [(row[0], row[1], row[2]) for row in self._rows(OF_RHYTHM, since, until)]

    def members(self, since: int, until: int) -> list[Group]:
        """Return how many members each sector has in each country by a month, and how many are active since another."""
        rows = [Group(*row) for row in self._rows(OF_MEMBERS, since, until)]
        return [one for one in rows if self.sector in (ALL, one.sector) and self.country in (ALL, one.country)]

    def _rows(self, query: Select[Any], since: int, until: int, **rest: str) -> Sequence[Any]:
        asked = {"network": self.network, "sector": self.sector, "country": self.country}
        return self.connection.execute(query, {**asked, "since": since, "until": until, **rest}).all()


Rhythm = Sequence[tuple[int, int, int]]


def firms_within(rhythm: Rhythm, since: int, until: int) -> int:
    """Return how many firms worked with others in these months, each counted once."""
    return sum(firms for month, previous, firms in rhythm if since <= month <= until and previous < since)


def firms_of_spans(rhythm: Rhythm, length: int, ends: range) -> list[int]:
    """Return the same for spans of so many months that end with each of these, in one pass."""
    changes = [0] * (len(ends) + 1)
    for month, previous, firms in rhythm:
        first, behind = max(month, previous + length, ends[0]), min(month + length, ends[-1] + 1)
        if first < behind:  # it is in the spans that hold the month and not the one before
            changes[first - ends[0]] += firms
            changes[behind - ends[0]] -= firms
    return list(accumulate(changes))[:-1]
