"""The access log of a firm and the query log of a bank, the same looks from either side; and who acted for a firm."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import NotFound
from ledger.projections.audit_log.tables import LOOKS, WORDS
from ledger.projections.consents.disclosure import find_firm
from ledger.subscriptions.paging import Page, fetch
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading


def page(reading: Reading, viewer: Actor, *, firm: UUID, limit: int, cursor: str | None = None) -> Page:
    """Return who looked at the firm, newest first; a bank is shown its own looks only. Raises `NotFound`."""
    network = find_firm(reading, viewer, firm)
    query = select(LOOKS).where(
        LOOKS.c.network_id == network, LOOKS.c.firm == firm, LOOKS.c.position <= reading.position
    )
    if viewer.role is Role.BANK:
        query = query.where(LOOKS.c.bank == viewer.subject)
    return _page(reading, query, "bank", limit=limit, cursor=cursor)


def of_bank(reading: Reading, viewer: Actor, *, bank: UUID, limit: int, cursor: str | None = None) -> Page:
    """Return what a bank looked at, newest first, also under consents that have ended.

    Raises `NotFound` but for the bank itself and the operator: at which firms a bank looks is nobody else's business.
    """
    if not (viewer.role is Role.OPERATOR or (viewer.role is Role.BANK and viewer.subject == bank)):
        raise NotFound("There is no such bank.")
    query = select(LOOKS).where(LOOKS.c.bank == bank, LOOKS.c.position <= reading.position)
    return _page(reading, query, "firm", limit=limit, cursor=cursor)


def words(reading: Reading, viewer: Actor, *, firm: UUID, limit: int, cursor: str | None = None) -> tuple[UUID, Page]:
    """Return the firm's network, and what its office entered for it, newest first; raise `NotFound`, also for banks."""
    if viewer.role is Role.BANK:
        raise NotFound("There is no such firm.")
    network = find_firm(reading, viewer, firm)
    query = select(WORDS).where(
        WORDS.c.network_id == network, WORDS.c.firm == firm, WORDS.c.position <= reading.position
    )
    rows, after = fetch(reading.connection, query, (WORDS.c.position,), limit=limit, cursor=cursor, descending=True)
    names = ("thing", "type", "actor", "at", "position")
    return network, Page([{name: plain(row[name]) for name in names} for row in rows], after)


def _page(reading: Reading, query: Select[Any], other: str, *, limit: int, cursor: str | None) -> Page:
    """Return a page of looks, each naming the `other` side of it."""
    keys = (LOOKS.c.position,)
    rows, after = fetch(reading.connection, query, keys, limit=limit, cursor=cursor, descending=True)
    names = (other, "what", "purpose", "at", "position")
    return Page([{name: plain(row[name]) for name in names} for row in rows], after)
