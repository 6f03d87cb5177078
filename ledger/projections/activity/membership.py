"""Where members of a network stand: how many partners each has, its last month of joint work, who is without any."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict
from uuid import UUID

from sqlalchemy import select

from ledger.domain.actor import Actor
from ledger.projections.activity.months import A_YEAR, NEVER, month_of, written
from ledger.projections.activity.past import sums_of
from ledger.projections.activity.tables import ACTIVE, MEMBERS
from ledger.projections.consents.disclosure import check_office
from ledger.subscriptions.reading import Reading


class Member(TypedDict):
    """A member's sector, its partners in confirmed work, and its last month with one; null if it never had any."""

    sector: str | None
    partners: int
    last_month: str | None


def members(reading: Reading, viewer: Actor, network: UUID, firms: Collection[UUID]) -> dict[UUID, Member]:
    """Return where these firms of a network stand; raise `NotFound`."""
    check_office(viewer, network)
    query = select(MEMBERS.c.firm, MEMBERS.c.sector, MEMBERS.c.partners, MEMBERS.c.last)
    with sums_of(reading, network) as connection:
        rows = connection.execute(query.where(MEMBERS.c.network_id == network, MEMBERS.c.firm.in_(firms))).all()
    return {
        row.firm: Member(sector=row.sector or None, partners=row.partners, last_month=_month(row.last)) for row in rows
    }


def without_partner(reading: Reading, viewer: Actor, network: UUID) -> list[UUID]:
    """Return the members without a partner in the last twelve months; raise `NotFound`."""
    check_office(viewer, network)
    since = month_of(reading.time.date()) - A_YEAR + 1
    query = select(MEMBERS.c.firm).where(MEMBERS.c.network_id == network, MEMBERS.c.last < since)
    with sums_of(reading, network) as connection:
        return list(connection.scalars(query.order_by(MEMBERS.c.firm)))


def worked(reading: Reading, viewer: Actor, network: UUID, since: int, until: int) -> list[UUID]:
    """Return the members that worked with others from one month to another; raise `NotFound`."""
    check_office(viewer, network)
    query = select(ACTIVE.c.firm).where(ACTIVE.c.network_id == network, ACTIVE.c.month.between(since, until))
    with sums_of(reading, network) as connection:
        return list(connection.scalars(query.distinct().order_by(ACTIVE.c.firm)))


def admitted(reading: Reading, viewer: Actor, network: UUID, until: int) -> list[UUID]:
    """Return the members that were admitted by the end of a month; raise `NotFound`."""
    check_office(viewer, network)
    query = select(MEMBERS.c.firm).where(MEMBERS.c.network_id == network, MEMBERS.c.admitted <= until)
    with sums_of(reading, network) as connection:
        return list(connection.scalars(query.order_by(MEMBERS.c.firm)))


def _month(last: int) -> str | None:
    return None if last == NEVER else written(last)
