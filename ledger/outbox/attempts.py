"""The last deliveries of a webhook, as its holder is shown them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, func, select

from ledger.outbox.tables import ATTEMPTS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain

KEPT = 200  # of each webhook


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of sending an event; `status` is what the receiver answered, if it did."""

    position: int
    type: str
    at: datetime
    outcome: str
    status: int | None
    milliseconds: int


def note(connection: Connection, webhook: UUID, attempt: Attempt) -> None:
    """Add an attempt, and drop those that are too old to be kept."""
    last = connection.execute(select(func.max(ATTEMPTS.c.number)).where(ATTEMPTS.c.webhook == webhook)).scalar()
    number = (last or 0) + 1
    values = {name: getattr(attempt, name) for name in Attempt.__slots__}
    connection.execute(ATTEMPTS.insert().values(webhook=webhook, number=number, again=False, **values))
    old = (ATTEMPTS.c.webhook == webhook, ATTEMPTS.c.number <= number - KEPT, ATTEMPTS.c.again.is_(False))
    connection.execute(ATTEMPTS.delete().where(*old))


def page(connection: Connection, webhook: UUID, *, limit: int, cursor: str | None = None) -> Page:
    """Return the deliveries of a webhook, the newest first."""
    query = select(ATTEMPTS).where(ATTEMPTS.c.webhook == webhook)
    rows, after = fetch(connection, query, (ATTEMPTS.c.number,), limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row) for row in rows], after)


def ask_again(connection: Connection, webhook: UUID, number: int) -> bool:
    """Ask for an event to be sent once more; False when there is no such delivery."""
    its = (ATTEMPTS.c.webhook == webhook, ATTEMPTS.c.number == number)
    return connection.execute(ATTEMPTS.update().where(*its).values(again=True)).rowcount == 1


def asked_again(connection: Connection, webhook: UUID) -> tuple[int, int] | None:
    """Return number and position of the first delivery that was asked for again."""
    query = select(ATTEMPTS.c.number, ATTEMPTS.c.position).where(ATTEMPTS.c.webhook == webhook, ATTEMPTS.c.again)
    row = connection.execute(query.order_by(ATTEMPTS.c.number).limit(1)).one_or_none()
    return (row.number, row.position) if row else None


def answered(connection: Connection, webhook: UUID, number: int) -> None:
    """Note that what was asked for again was tried."""
    its = (ATTEMPTS.c.webhook == webhook, ATTEMPTS.c.number == number)
    connection.execute(ATTEMPTS.update().where(*its).values(again=False))


def _shape(row: Any) -> dict[str, Any]:
    names = ("number", "position", "type", "at", "outcome", "status", "milliseconds")
    return {name: plain(row[name]) for name in names}
