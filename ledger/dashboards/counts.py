"""How much waits for a reader, beside the lines of the navigation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.actor import Role
from ledger.projections.collaborations import inbox
from ledger.web.house import house
from ledger.web.reading import opened_for

if TYPE_CHECKING:
    from ledger.dashboards.sessions import Session


def counts(session: Session | None) -> dict[str, int]:
    """Return the numbers by endpoint: for a firm, what waits for its answer."""
    if session is None or session.actor.role is not Role.FIRM or session.actor.subject is None:
        return {}
    firm = session.actor.subject
    without = [kept.collaboration for kept in house().confirmations.of(firm) if kept.refused is None]
    with opened_for(session.actor, {}, "collaborations") as reading:
        return {"inbox.page": inbox.to_answer(reading, session.actor, firm, without=without)}
