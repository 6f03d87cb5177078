"""A firm's joint work added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, func, select

from ledger.domain.collaboration import Outcome
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.money import Money, MoneyData, totals
from ledger.projections.collaborations.membership import agreed, claimed, of_firm
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

COLUMNS = (
    *(COLLABORATIONS.c.kind, COLLABORATIONS.c.state, COLLABORATIONS.c.business_date),
    *(COLLABORATIONS.c.disputes, PARTIES.c.role, PARTIES.c.volume),
)


def summarize(reading: Reading, firm: UUID, narrow: Sequence[ColumnElement[bool]]) -> dict[str, Any]:
    """Add up the firm's joint work; the caller has judged who may look at this firm.

    Only what counts is added up; disputes are counted in struck records as well. A credit reference is no job:
    it stands under its kind only.
    """
    here = (as_of(COLLABORATIONS, reading.position), *narrow)
    query = of_firm(select(*COLUMNS).select_from(COLLABORATIONS), reading, firm).where(*here, agreed())
    rows = reading.connection.execute(query).mappings().all()
    counted = [row for row in rows if row["state"] in COUNTED]
    jobs = [row for row in counted if not kind_named(row["kind"]).is_statement]
    dates = [row["business_date"] for row in jobs]
    return {
        "jobs": len(jobs),
        "claimed": _number_claimed(reading, firm, here),
        "volume": _volume(counted),
        "by_kind": _counts(row["kind"] for row in counted),
        "roles": _counts(row["role"] for row in jobs),
        "first_on": plain(min(dates, default=None)),
        "last_on": plain(max(dates, default=None)),
        "disputes": _disputes(rows),
    }


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
