"""A firm's joint work added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select

from ledger.domain.actor import Actor
from ledger.domain.collaboration import Outcome
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.money import Money, MoneyData, totals
from ledger.projections.collaborations.membership import agreed, claimed, of_firm
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

COLUMNS = (
    *(COLLABORATIONS.c.id, COLLABORATIONS.c.kind, COLLABORATIONS.c.state, COLLABORATIONS.c.business_date),
    *(COLLABORATIONS.c.disputes, COLLABORATIONS.c.by_office_alone, PARTIES.c.role, PARTIES.c.volume),
)


def summarize(
    reading: Reading, firm: UUID, narrow: Sequence[ColumnElement[bool]], *, with_claimed: bool
) -> dict[str, Any]:
    """Add up the firm's joint work; the caller has judged who may look at this firm, and who is told what is claimed.

    Only what counts is added up; disputes are counted in struck records as well. A credit reference is no job:
    it stands under its kind only.
    """
    here = (as_of(COLLABORATIONS, reading.position), *narrow)
    rows = _agreed(reading, firm, here)
    counting = [row for row in rows if row["state"] in COUNTED]
    jobs = _jobs(counting)
    dates = [row["business_date"] for row in jobs]
    return {
        "jobs": len(jobs),
        "by_office_alone": _by_office_alone(jobs),
        "claimed": _number_claimed(reading, firm, here) if with_claimed else None,
        "volume": _volume(counting),
        "by_kind": _counts(row["kind"] for row in counting),
        "roles": _counts(row["role"] for row in jobs),
        "first_on": plain(min(dates, default=None)),
        "last_on": plain(max(dates, default=None)),
        "disputes": _disputes(rows),
    }


def done_since(reading: Reading, viewer: Actor, firm: UUID, days: Sequence[date]) -> list[dict[str, Any]]:
    """Return, for each day, what the firm has done from then on: jobs, volume, by the office's word alone."""
    rows = counted(reading, viewer, firm)
    spans = [[row for row in rows if row["business_date"] >= day] for day in days]
    return [
        {"jobs": len(jobs), "volume": _volume(span), "by_office_alone": _by_office_alone(jobs)}
        for span, jobs in ((span, _jobs(span)) for span in spans)
    ]


def counted(reading: Reading, viewer: Actor, firm: UUID) -> Sequence[RowMapping]:
    """Return what counts of the firm's joint work, in no order, read once a reading; raise `NotFound`.

    Nothing narrows it to some days: such a clause leads SQLite along the days of the network, once for each job.
    """
    find_firm(reading, viewer, firm)
    here = (as_of(COLLABORATIONS, reading.position), COLLABORATIONS.c.state.in_(COUNTED))
    return reading.once(("counted", firm, reading.position), lambda: _agreed(reading, firm, here))


def _agreed(reading: Reading, firm: UUID, here: Sequence[ColumnElement[bool]]) -> Sequence[RowMapping]:
    query = of_firm(select(*COLUMNS).select_from(COLLABORATIONS), reading, firm).where(*here, agreed())
    return reading.connection.execute(query).mappings().all()


def _jobs(counted: Iterable[RowMapping]) -> list[RowMapping]:
    return [row for row in counted if not kind_named(row["kind"]).is_statement]


def _by_office_alone(jobs: Sequence[RowMapping]) -> int:
    return sum(row["by_office_alone"] for row in jobs)


def _number_claimed(reading: Reading, firm: UUID, here: Sequence[ColumnElement[bool]]) -> int:
    query = select(func.count()).select_from(COLLABORATIONS)
    number = reading.connection.execute(of_firm(query, reading, firm).where(*here, claimed())).scalar_one()
    return int(number)


def _volume(rows: Iterable[RowMapping]) -> list[MoneyData]:
    amounts = totals(Money.parse(money) for row in rows for money in row["volume"])
    return [total.data() for total in amounts]


def _counts(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def _disputes(rows: Iterable[RowMapping]) -> dict[str, int]:
    found = Counter(dispute["outcome"] or "open" for row in rows for dispute in row["disputes"])
    return {name: found[name] for name in ("open", *(outcome.value for outcome in Outcome))}
