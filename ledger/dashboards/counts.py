"""How much waits for a reader, beside the lines of the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g

from ledger.domain.actor import Role
from ledger.projections.collaborations import inbox
from ledger.web.house import house
from ledger.web.reading import opened_for

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.dashboards.sessions import Session


def counts(session: Session | None) -> dict[str, int]:
    """Return the numbers by endpoint: for a firm, what waits for its answer."""
    if session is None or session.actor.role is not Role.FIRM or session.actor.subject is None:
        return {}
    firm = session.actor.subject
    if g.get("to_answer", (None, 0))[0] != firm:
        without = [kept.collaboration for kept in house().confirmations.of(firm) if kept.refused is None]
        with opened_for(session.actor, {}, "collaborations") as reading:
            known(firm, inbox.to_answer(reading, session.actor, firm, without=without))
    return {"inbox.page": g.to_answer[1]}


def known(firm: UUID, number: int) -> None:
    """Note what a page has counted itself, so that its frame need not count again."""
    g.to_answer = (firm, number)
