"""A viewer's feed: which events it is told of, in the order of the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import or_, select

from ledger.domain.actor import Actor, Role
from ledger.projections.consents.disclosure import consenting_firms
from ledger.projections.feed.tables import ENTRIES
from ledger.subscriptions.reading import Reading


class Entry(NamedTuple):
    """An event that the viewer is told of."""

    position: int
    thing: UUID
    type: str


def page(
    reading: Reading, viewer: Actor, *, after: int, limit: int, types: Sequence[str] = ()
) -> tuple[list[Entry], int]:
    """Return the next entries behind `after`, and how far was looked for them; `types` empty takes them all.

    A bank is told of a referral while the firm's consent is in force, of its consents at any time.
    """
    query = select(ENTRIES.c.position, ENTRIES.c.thing, ENTRIES.c.type).where(
        ENTRIES.c.viewer == _told_as(viewer), ENTRIES.c.position > after, ENTRIES.c.position <= reading.position
    )
    if types:
        query = query.where(ENTRIES.c.type.in_(types))
    if viewer.role is Role.BANK:
        free = ENTRIES.c.by_consent.is_(None)
        query = query.where(or_(free, ENTRIES.c.by_consent.in_(consenting_firms(reading, viewer))))
    found = [Entry(*row) for row in reading.connection.execute(query.order_by(ENTRIES.c.position).limit(limit))]
    return found, found[-1].position if len(found) == limit else max(after, reading.position)


def _told_as(viewer: Actor) -> str:
    """An office is told what its network was told before it came."""
    return str(Actor(viewer.role, viewer.named_by))
