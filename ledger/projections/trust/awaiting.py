"""Networks in which nobody is believed yet, and an epoch could change that: they should not wait for the night."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, Table, exists, func, or_, select

from ledger.projections.trust.tables import EPOCHS, REPORTS, VERIFIED
from ledger.subscriptions.reading import Reading

FEWEST = 2  # with fewer verified firms trust has no two groups to come from, so that nobody can be believed


class Awaiting(NamedTuple):
    """A network, and the position of its last epoch, 0 before the first."""

    network: UUID
    last_epoch: int


class _Stand(NamedTuple):
    position: int
    closed_at: datetime
    believed: int


def awaiting(reading: Reading) -> Iterator[Awaiting]:
    """Yield each network that has reports and verified firms, news since its last epoch, and nobody believed."""
    query = (
        select(VERIFIED.c.network_id)
        .where(VERIFIED.c.until_position.is_(None))
        .group_by(VERIFIED.c.network_id)
        .having(func.count() >= FEWEST)
    )
    for network in reading.connection.execute(query).scalars().all():
        last = _last_epoch(reading, network)
        if (last is None or not last.believed) and _has_news(reading, network, last):
            yield Awaiting(network, last.position if last else 0)


def _last_epoch(reading: Reading, network: UUID) -> _Stand | None:
    columns = (EPOCHS.c.position, EPOCHS.c.closed_at, EPOCHS.c.believed)
    query = select(*columns).where(EPOCHS.c.network_id == network).order_by(EPOCHS.c.position.desc()).limit(1)
    row = reading.connection.execute(query).one_or_none()
    return None if row is None else _Stand(*row)


def _has_news(reading: Reading, network: UUID, last: _Stand | None) -> bool:
    """Tell whether a report has opened, or a firm with reports was verified, since the last epoch."""
    open_now = [*_present(REPORTS, network), REPORTS.c.opens_at <= reading.now]
    if last is None:
        return bool(reading.connection.execute(select(exists().where(*open_now))).scalar())
    reported = or_(REPORTS.c.since_position > last.position, REPORTS.c.opens_at > last.closed_at)
    verified = [*_present(VERIFIED, network), VERIFIED.c.since_position > last.position]
    news = or_(exists().where(*open_now, reported), exists().where(*verified))
    return bool(reading.connection.execute(select(exists().where(*open_now) & news)).scalar())


def _present(table: Table, network: UUID) -> list[ColumnElement[bool]]:
    return [table.c.network_id == network, table.c.until_position.is_(None)]
