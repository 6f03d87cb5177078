"""A network's year for its council: what each benefit that it was founded for has come to, beside the year before."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypedDict
from uuid import UUID

from sqlalchemy import func, select

from ledger.domain.actor import Actor
from ledger.domain.kinds.catalogue import KINDS
from ledger.domain.money import MoneyData
from ledger.projections.activity.feed import DISPUTED, SETTLED
from ledger.projections.activity.figures import added, hours, median_days, share
from ledger.projections.activity.job import STATEMENTS
from ledger.projections.activity.money import Amounts, written
from ledger.projections.activity.months import in_year, month_of
from ledger.projections.activity.months import written as month_written
from ledger.projections.activity.past import sums_of
from ledger.projections.activity.reader import Counts, Sums, firms_within
from ledger.projections.activity.tables import FEED, HEADCOUNTS
from ledger.projections.consents.disclosure import check_office
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

YEARS = range(1990, 3000)


class KindOfYear(TypedDict):
    """A kind of joint work in a year; hours, trainees, volume and saving where the kind has them."""

    kind: str
    jobs: int
    crossing: int
    training_hours: float
    trainees: int
    capacity_hours: float
    volume: list[MoneyData]
    saving: list[MoneyData]


class SectorOfYear(TypedDict):
    """A sector, null where firms have told none."""

    sector: str | None
    jobs: int


class MonthOfYear(TypedDict):
    """The confirmed work of a month by kind; the running month is `partial`."""

    month: str
    partial: bool
    kinds: dict[str, int]
    total: int


class Disputes(TypedDict):
    """Disputes by the year in which they were raised and settled."""

    raised: int
    upheld: int
    amended: int
    struck: int


class Headcounts(TypedDict):
    """How many firms told of their staff in a year, and what they said added up; null where none did."""

    firms: int
    employees: int | None
    apprentices: int | None


class Year(TypedDict):
    """All of a year; a share or median of nothing is null."""

    year: int
    confirmed_jobs: int
    claimed: int
    firms_with_partner: int
    members: int
    crossing_share: float | None
    days_to_confirm: float | None
    disputed_share: float | None
    kinds: list[KindOfYear]
    sectors: list[SectorOfYear]
    crossing: int
    domestic: dict[str, int]
    disputes: Disputes
    headcounts: Headcounts


class Report(TypedDict):
    """A year, and the one before; `partial` while it is running."""

    network: str
    year: int
    partial: bool
    this: Year
    before: Year
    position: int
    as_of: str


def report(reading: Reading, viewer: Actor, network: UUID, year: int) -> Report:
    """Return a network's year, of `YEARS`; raise `NotFound`."""
    check_office(viewer, network)
    with sums_of(reading, network) as connection:
        sums, years = Sums(connection, network), (year, year - 1)
        disputes = _disputes(reading, network, years)
        this, before = (_year(reading, sums, one, disputes[one]) for one in years)
    return {
        "network": str(network),
        "year": year,
        "partial": year >= reading.time.year,
        "this": this,
        "before": before,
        "position": reading.position,
        "as_of": plain(reading.time),
    }


def months(reading: Reading, viewer: Actor, network: UUID, year: int) -> list[MonthOfYear]:
    """Return the confirmed work of a year month by month, those of a running year up to now; raise `NotFound`."""
    check_office(viewer, network)
    now = month_of(reading.time.date())
    shown = [month for month in in_year(year) if month <= now]
    with sums_of(reading, network) as connection:
        counts = Sums(connection, network).months(in_year(year)[0], in_year(year)[-1])
    return [_month(month, counts, partial=month == now) for month in shown]


def _month(month: int, counts: Mapping[tuple[int, str], Counts], *, partial: bool) -> MonthOfYear:
    own = {kind: one.confirmed for (of, kind), one in sorted(counts.items()) if of == month and kind not in STATEMENTS}
    return {"month": month_written(month), "partial": partial, "kinds": own, "total": sum(own.values())}


def _year(reading: Reading, sums: Sums, year: int, disputes: Disputes) -> Year:
    first, last = in_year(year)[0], in_year(year)[-1]
    counts, amounts = sums.months(first, last), sums.money(first, last)
    work = added(one for (_, kind), one in counts.items() if kind not in STATEMENTS)
    countries = {name: jobs - crossing for name, (jobs, crossing) in sorted(sums.by_country(first, last).items())}
    sectors = sorted(sums.by_sector(first, last).items(), key=lambda one: (-one[1], one[0]))
    return {
        "year": year,
        "confirmed_jobs": work.confirmed,
        "claimed": work.claimed,
        "firms_with_partner": firms_within(sums.rhythm(first, last), first, last),
        "members": sum(one.members for one in sums.members(first, last)),
        "crossing_share": share(work.crossing, work.confirmed),
        "days_to_confirm": median_days([sums.wait(first, last)]),
        "disputed_share": share(work.disputed, work.confirmed),
        "kinds": [_kind(kind.name, counts, amounts) for kind in KINDS],
        "sectors": [{"sector": sector or None, "jobs": jobs} for sector, jobs in sectors],
        "crossing": work.crossing,
        "domestic": {name: jobs for name, jobs in countries.items() if jobs},
        "disputes": disputes,
        "headcounts": _headcounts(reading, sums.network, year),
    }


def _kind(name: str, counts: Mapping[tuple[int, str], Counts], amounts: Amounts) -> KindOfYear:
    own = added(one for (_, kind), one in counts.items() if kind == name)
    money = [(currency, one) for (_, kind, currency), one in amounts.items() if kind == name]
    return {
        "kind": name,
        "jobs": own.confirmed,
        "crossing": own.crossing,
        "training_hours": hours(own.training),
        "trainees": own.trainees,
        "capacity_hours": hours(own.capacity),
        "volume": _totals([(currency, volume) for currency, (volume, _) in money]),
        "saving": _totals([(currency, saving) for currency, (_, saving) in money]),
    }


def _totals(amounts: Sequence[tuple[str, int]]) -> list[MoneyData]:
    sums = {currency: sum(one for name, one in amounts if name == currency) for currency, _ in amounts}
    return [written(total, currency) for currency, total in sorted(sums.items()) if total]


def _disputes(reading: Reading, network: UUID, years: Sequence[int]) -> dict[int, Disputes]:
    which = (FEED.c.network_id == network, FEED.c.what.in_((DISPUTED, SETTLED)), FEED.c.year.in_(years))
    query = select(FEED.c.year, FEED.c.outcome, func.count()).where(*which, FEED.c.position <= reading.position)
    found: dict[int, dict[str | None, int]] = {year: {} for year in years}
    for year, outcome, count in reading.connection.execute(query.group_by(FEED.c.year, FEED.c.outcome)):
        found[year][outcome] = count
    return {year: _settled(own) for year, own in found.items()}


def _settled(found: Mapping[str | None, int]) -> Disputes:
    return {
        "raised": found.get(None, 0),
        "upheld": found.get("upheld", 0),
        "amended": found.get("amended", 0),
        "struck": found.get("struck", 0),
    }


def _headcounts(reading: Reading, network: UUID, year: int) -> Headcounts:
    figures = (func.count(), func.sum(HEADCOUNTS.c.employees), func.sum(HEADCOUNTS.c.apprentices))
    its = (HEADCOUNTS.c.network_id == network, HEADCOUNTS.c.year == year)
    row = reading.connection.execute(select(*figures).where(*its, as_of(HEADCOUNTS, reading.position))).one()
    return {"firms": row[0], "employees": row[1], "apprentices": row[2]}
