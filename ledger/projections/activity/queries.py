"""What a coordinator asks about its network: what happened last, and how it does."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, cast
from uuid import UUID

from sqlalchemy import RowMapping, Select, and_, func, select

from ledger.domain.actor import Actor
from ledger.domain.kinds.catalogue import KINDS
from ledger.projections.activity.behind import query
from ledger.projections.activity.figures import Basis, figures, hours, of_work, share
from ledger.projections.activity.isolated import without_partner
from ledger.projections.activity.job import ALL, STATEMENTS
from ledger.projections.activity.money import currencies
from ledger.projections.activity.months import written
from ledger.projections.activity.past import sums_of
from ledger.projections.activity.period import Period, quarter_of
from ledger.projections.activity.reader import Counts, Group, Sums
from ledger.projections.activity.shapes import Border, Indicators, MonthOfKinds, PairOfSectors, Quarter, Sector, Told
from ledger.projections.activity.tables import FEED, FEED_FIRMS
from ledger.projections.consents.disclosure import check_office
from ledger.projections.consents.faces import faces
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading

FEW = 10  # isolated members that an overview lists
Monthly = Mapping[tuple[int, str], Counts]


def activity(  # noqa: PLR0913 - a filter each
    reading: Reading,
    viewer: Actor,
    network: UUID,
    *,
    what: str | None = None,
    kind: str | None = None,
    firm: UUID | None = None,
    outcome: str | None = None,
    year: int | None = None,
    limit: int = 50,
    cursor: str | None = None,
) -> Page:
    """Return what happened in a network, the latest first, as `Told`; raise `NotFound`.

    `what` is one of `feed.WHAT`, `kind` that of the work, `outcome` how a dispute ended, `year` that of recording.
    """
    check_office(viewer, network)
    which = {"what": what, "kind": kind, "outcome": outcome, "year": year}
    query = _of_feed(select(FEED), reading, network, firm, which)
    rows, after = fetch(reading.connection, query, (FEED.c.position,), limit=limit, cursor=cursor, descending=True)
    return Page(cast("list[dict[str, Any]]", _told(reading, viewer, rows)), after)


def happened(
    reading: Reading,
    viewer: Actor,
    network: UUID,
    *,
    what: str | None = None,
    kind: str | None = None,
    firm: UUID | None = None,
    outcome: str | None = None,
    year: int | None = None,
) -> int:
    """Return how often something happened that the same filters of `activity` find; raise `NotFound`."""
    check_office(viewer, network)
    which = {"what": what, "kind": kind, "outcome": outcome, "year": year}
    query = _of_feed(select(func.count()).select_from(FEED), reading, network, firm, which)
    return int(reading.connection.execute(query).scalar_one())


def indicators(
    reading: Reading,
    viewer: Actor,
    network: UUID,
    *,
    months: int = 12,
    sector: str | None = None,
    country: str | None = None,
) -> Indicators:
    """Return the figures of a network over the last 3, 12 or 24 months; raise `NotFound`.

    `sector` is a NACE division such as "25". A job is in a selection when one of its firms is.
    """
    check_office(viewer, network)
    period = Period(reading.time.date(), months)
    with sums_of(reading, network) as connection:
        found = _indicators(Sums(connection, network, sector or ALL, country or ALL), period)
    _name(reading, viewer, found)
    told = {
        "network": str(network),
        "months": months,
        "sector": sector,
        "country": country,
        "period": period.data(),
        "sparkline_months": [written(month) for month in period.shown],
        "position": reading.position,
        "as_of": plain(reading.time),
    }
    return cast("Indicators", {**told, **found})


def _of_feed(
    query: Select[Any], reading: Reading, network: UUID, firm: UUID | None, which: Mapping[str, Any]
) -> Select[Any]:
    query = query.where(FEED.c.network_id == network, FEED.c.position <= reading.position)
    query = query.where(*(FEED.c[name] == value for name, value in which.items() if value is not None))
    if firm is None:
        return query
    same = and_(FEED_FIRMS.c.network_id == FEED.c.network_id, FEED_FIRMS.c.position == FEED.c.position)
    return query.join(FEED_FIRMS, same).where(FEED_FIRMS.c.firm == firm)


def _indicators(sums: Sums, period: Period) -> dict[str, Any]:
    span = (period.first, period.last)
    counts = sums.months(period.earliest, period.last)
    groups = sums.members(*span)
    members, active = sum(one.members for one in groups), sum(one.active for one in groups)
    waits, before = sums.waits(period.shown[0], period.last), sums.wait(*period.before)
    rhythm = sums.rhythm(period.widest, period.last)
    chosen = {name: one for name, one in (("sector", sums.sector), ("country", sums.country)) if one != ALL}
    basis = Basis(period, of_work(counts), waits, before, rhythm, members, chosen)
    pairs = sums.pairs(*span)
    of_all = pairs if sums.country == ALL else sums.pairs(*span, ALL)
    return {
        "figures": figures(basis),
        "claimed": sum(one.claimed for (month, _), one in counts.items() if span[0] <= month <= span[1]),
        "members": members,
        "by_month": _by_month(counts, period, chosen),
        "kinds": [kind.name for kind in KINDS if not kind.is_statement],
        "sectors": _sectors(sums, period, groups, chosen),
        "border": _border(sums, period, basis.work(*span)),
        "quarters": _quarters(counts, period),
        "currencies": currencies(sums.money(period.earliest, period.last), period),
        "isolated": without_partner(sums, period.first, limit=FEW, pairs=of_all),
        "isolated_count": members - active,
        "pairs": _pairs(pairs),
    }


def _by_month(counts: Monthly, period: Period, chosen: Mapping[str, str]) -> list[MonthOfKinds]:
    found: dict[int, dict[str, Counts]] = {month: {} for month in range(period.first, period.last + 1)}
    for (month, kind), one in sorted(counts.items()):
        if month in found and kind not in STATEMENTS:
            found[month][kind] = one
    return [_month(month, own, period, chosen) for month, own in found.items()]


def _month(month: int, own: Mapping[str, Counts], period: Period, chosen: Mapping[str, str]) -> MonthOfKinds:
    kinds = {kind: one.confirmed for kind, one in own.items() if one.confirmed}
    return {
        "month": written(month),
        "partial": month == period.last,
        "kinds": kinds,
        "total": sum(kinds.values()),
        "claimed": sum(one.claimed for one in own.values()),
        "query": query(month, month, **chosen),
    }


def _sectors(sums: Sums, period: Period, groups: Sequence[Group], chosen: Mapping[str, str]) -> list[Sector]:
    jobs = sums.by_sector(period.first, period.last)
    members: dict[str, int] = defaultdict(int)
    active: dict[str, int] = defaultdict(int)
    for one in groups:
        members[one.sector] += one.members
        active[one.sector] += one.active
    found = sorted({*jobs, *members}, key=lambda sector: (-jobs.get(sector, 0), sector))
    return [
        {
            "sector": one or None,
            "jobs": jobs.get(one, 0),
            "members": members[one],
            "active": active[one],
            "query": query(period.first, period.last, **{**chosen, "sector": one}) if one else None,
        }
        for one in found
    ]


def _border(sums: Sums, period: Period, work: Counts) -> Border:
    countries = sums.by_country(period.first, period.last)
    domestic = {country: jobs - crossing for country, (jobs, crossing) in sorted(countries.items())}
    return {
        "crossing": work.crossing,
        "domestic": {country: jobs for country, jobs in domestic.items() if jobs},
        "share": share(work.crossing, work.confirmed),
    }


def _quarters(counts: Monthly, period: Period) -> list[Quarter]:
    found: dict[str, list[Counts]] = {quarter_of(month): [] for month in range(period.first, period.last + 1)}
    for (month, _), one in counts.items():
        if period.first <= month <= period.last:
            found[quarter_of(month)].append(one)
    return [
        {
            "quarter": quarter,
            "partial": quarter == quarter_of(period.last),
            "training_hours": hours(sum(one.training for one in own)),
            "trainees": sum(one.trainees for one in own),
            "capacity_hours": hours(sum(one.capacity for one in own)),
        }
        for quarter, own in found.items()
    ]


def _pairs(pairs: Mapping[tuple[str, str], int]) -> list[PairOfSectors]:
    return [{"one": one or None, "other": other or None, "jobs": jobs} for (one, other), jobs in sorted(pairs.items())]


def _name(reading: Reading, viewer: Actor, found: Mapping[str, Any]) -> None:
    """Fill in what firms are called: no name is kept here, so none has to be erased."""
    named = [*found["isolated"], *(one["suggestion"] for one in found["isolated"] if one["suggestion"])]
    known = faces(reading, viewer, {UUID(one["firm"]) for one in named})
    for one in named:
        one["name"] = known[UUID(one["firm"])].name


def _told(reading: Reading, viewer: Actor, rows: Sequence[RowMapping]) -> list[Told]:
    known = faces(reading, viewer, {UUID(one["firm"]) for row in rows for one in row["firms"]})
    return [
        {
            "position": row["position"],
            "what": row["what"],
            "kind": row["kind"],
            "collaboration": plain(row["collaboration"]),
            "by": plain(row["by"]),
            "outcome": row["outcome"],
            "firms": [{**one, "name": known[UUID(one["firm"])].name} for one in row["firms"]],
            "happened_on": plain(row["happened_on"]),
            "recorded_at": plain(row["recorded_at"]),
        }
        for row in rows
    ]
