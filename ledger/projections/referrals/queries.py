"""Referrals as the bank that holds them, the firm and the coordinator see them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, func, select

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.consents.disclosure import firm_visible
from ledger.projections.referrals.tables import REFERRALS
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a referral stands now, which is nobody's secret, and its place in the status lists."""

    index: int
    state: str


def page(reading: Reading, viewer: Actor, *, limit: int, cursor: str | None = None) -> Page:
    """Return the referrals that the viewer may see, newest first; a bank's only while it has consent."""
    query = select(REFERRALS).where(as_of(REFERRALS, reading.position), _visible(reading, viewer))
    keys = (REFERRALS.c.issued_at, REFERRALS.c.id)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    return Page([_shape(row, reading.time) for row in rows], after)


def one(reading: Reading, viewer: Actor, id: UUID) -> dict[str, Any]:
    """Return a referral; raise `NotFound`."""
    mine = _visible(reading, viewer)
    query = select(REFERRALS).where(REFERRALS.c.id == id, as_of(REFERRALS, reading.position), mine)
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such referral.")
    return _shape(row, reading.time)


def standing(reading: Reading, id: UUID) -> Standing | None:
    """Return where a referral stands now, whoever asks; None when there is none."""
    query = select(REFERRALS).where(REFERRALS.c.id == id, as_of(REFERRALS, reading.now_position))
    row = reading.connection.execute(query).mappings().one_or_none()
    return Standing(row["status_index"], _state(row, reading.now)) if row else None


def dates(reading: Reading, id: UUID) -> dict[str, Any] | None:
    """Return where a referral stands now and its dates, whoever asks, and not whom it is about; None without one."""
    query = select(REFERRALS).where(REFERRALS.c.id == id, as_of(REFERRALS, reading.now_position))
    row = reading.connection.execute(query).mappings().one_or_none()
    if row is None:
        return None
    shown = {name: plain(row[name]) for name in ("issued_at", "valid_until")}
    return {**shown, "position": row["true_at"], "state": _state(row, reading.now)}


def issued(reading: Reading) -> int:
    """Return how many referrals have been issued."""
    return (
        int(reading.connection.execute(select(func.coalesce(func.max(REFERRALS.c.status_index), -1))).scalar_one()) + 1
    )


def revoked(reading: Reading, first: int, beyond: int) -> list[int]:
    """Return the indexes of the revoked referrals from `first` on, those from `beyond` on left out."""
    index = REFERRALS.c.status_index
    gone = and_(as_of(REFERRALS, reading.now_position), REFERRALS.c.revoked_at.is_not(None))
    query = select(index).where(gone, index >= first, index < beyond).order_by(index)
    return list(reading.connection.execute(query).scalars())


def _visible(reading: Reading, viewer: Actor) -> ColumnElement[bool]:
    disclosed = firm_visible(reading, viewer, REFERRALS.c.network_id, REFERRALS.c.firm)
    if viewer.role is Role.BANK:
        return and_(disclosed, REFERRALS.c.bank == viewer.subject)
    return disclosed


def _shape(row: RowMapping, at: datetime) -> dict[str, Any]:
    names = (
        *("id", "firm", "bank", "consent", "purpose"),
        *("issued_at", "valid_until", "revoked_at", "version"),
    )
    shown = {name: plain(row[name]) for name in names}
    return {
        **shown,
        "network": str(row["network_id"]),
        "position": row["true_at"],
        "state": _state(row, at),
    }


def _state(row: RowMapping, at: datetime) -> str:
    if row["revoked_at"] is not None:
        return "revoked"
    return "in_force" if at.astimezone(UTC).date() <= row["valid_until"] else "expired"
