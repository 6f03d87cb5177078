"""What a figure counts, one by one: the same jobs and members as stand in the sums, under the same conditions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from ledger.domain.actor import Actor
from ledger.projections.activity.job import CONFIRMED, STATEMENTS, place
from ledger.projections.activity.months import first_day, in_year, written
from ledger.projections.activity.tables import JOBS
from ledger.projections.consents.disclosure import check_office
from ledger.subscriptions.paging import fetch
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

WORK, CROSSING, DOMESTIC, DISPUTED = "work", "crossing", "domestic", "disputed"
COUNTED = (WORK, CROSSING, DOMESTIC, DISPUTED)
JOB = JOBS.c.collaboration


@dataclass(frozen=True, slots=True)
class Counted:
    """Confirmed work: all of it, what was ever disputed, crosses a border or does not; of some firms, in a currency.

    `sector` is a NACE division, `since` and `until` are business dates. Statements count where their kind is named.
    """

    what: str = WORK
    kind: str | None = None
    since: date | None = None
    until: date | None = None
    sector: str | None = None
    country: str | None = None
    currency: str | None = None


class Behind(NamedTuple):
    """The jobs of one page of the list, the latest first, the cursor of the next, and how many there are in all."""

    jobs: list[UUID]
    next: str | None
    total: int


def jobs(
    reading: Reading, viewer: Actor, network: UUID, counted: Counted, *, limit: int, cursor: str | None = None
) -> Behind:
    """Return the jobs that a figure counts; raise `NotFound`."""
    check_office(viewer, network)
    which = [JOBS.c.network_id == network, as_of(JOBS, reading.position), *_clauses(counted)]
    keys, query = (JOBS.c.on, JOB), select(JOBS.c.on, JOB).where(*which)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    total = reading.connection.scalar(select(func.count()).select_from(JOBS).where(*which)) or 0
    return Behind([row["collaboration"] for row in rows], after, total)


def query(first: int, last: int, **rest: str | None) -> str:
    """Return the query string of the list of what counts from one month to another, whole months as the sums have."""
    end = date.fromordinal(first_day(last + 1).toordinal() - 1)
    given = {"counted": WORK, "from": first_day(first).isoformat(), "to": end.isoformat(), **rest}
    return "&".join(f"{name}={value}" for name, value in given.items() if value)


def active(first: int, last: int, **rest: str | None) -> str:
    """Return the query string of the list of the firms that worked with others from one month to another."""
    given = {"worked_from": written(first), "worked_to": written(last), **rest}
    return "&".join(f"{name}={value}" for name, value in given.items() if value)


def in_the_year(year: int, **rest: str | None) -> str:
    """Return the query string of the list of what counts in a year."""
    return query(in_year(year)[0], in_year(year)[-1], **rest)


def active_in(year: int) -> str:
    """Return the query string of the list of the firms that worked with others in a year."""
    return active(in_year(year)[0], in_year(year)[-1])


def admitted_by(year: int) -> str:
    """Return the query string of the list of the members at the end of a year."""
    return f"admitted_to={written(in_year(year)[-1])}"


def told_in(year: int, **which: str) -> str:
    """Return the query string of the list of what was recorded in a year."""
    return "&".join(f"{name}={value}" for name, value in {**which, "year": year}.items())


def _clauses(counted: Counted) -> list[ColumnElement[bool]]:
    clauses = [JOBS.c.state == CONFIRMED, *_of_what(counted.what)]
    clauses.append(JOBS.c.kind == counted.kind if counted.kind else JOBS.c.kind.not_in(sorted(STATEMENTS)))
    if counted.since is not None:
        clauses.append(JOBS.c.on >= counted.since)
    if counted.until is not None:
        clauses.append(JOBS.c.on <= counted.until)
    if counted.sector or counted.country:
        clauses.append(JOBS.c.places.contains(place(counted.sector, counted.country), autoescape=True))
    if counted.currency:
        clauses.append(JOBS.c.currencies.contains(counted.currency, autoescape=True))
    return clauses


def _of_what(what: str) -> list[ColumnElement[bool]]:
    clauses: dict[str, list[ColumnElement[bool]]] = {
        CROSSING: [JOBS.c.crossing],
        DOMESTIC: [JOBS.c.crossing.is_(False)],
        DISPUTED: [JOBS.c.disputed],
    }
    return clauses.get(what, [])
