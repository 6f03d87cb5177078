"""A firm's part in joint work: what it has agreed to, and what is only claimed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_

from ledger.domain.collaboration import Answer, State
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.projections.collaborations.visibility import COUNTED
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def of_firm(query: Select[Any], reading: Reading, firm: UUID) -> Select[Any]:
    """Narrow a query on `COLLABORATIONS` to those of a firm, joined with its row in `PARTIES`."""
    same = and_(PARTIES.c.network_id == COLLABORATIONS.c.network_id, PARTIES.c.collaboration == COLLABORATIONS.c.id)
    return query.join(PARTIES, same).where(PARTIES.c.firm == firm, as_of(PARTIES, reading.position))


def agreed() -> ColumnElement[bool]:
    """What the firm has agreed to and counts, or counted until it was struck."""
    return and_(PARTIES.c.confirmed, COLLABORATIONS.c.state.in_((*COUNTED, State.STRUCK.value)))


def claimed() -> ColumnElement[bool]:
    """What is recorded of the firm but not agreed between all who must, and not refused by the firm."""
    running = COLLABORATIONS.c.state.in_((*COUNTED, State.PROPOSED.value))
    return and_(PARTIES.c.confirmed.is_(False), PARTIES.c.answer != Answer.DECLINED.value, running)
