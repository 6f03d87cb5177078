"""A record as one party writes it: proposed, amended, backed with evidence, withdrawn."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.actor import of_office
from ledger.domain.collaboration import Answer, State
from ledger.projections.collaborations import rows
from ledger.projections.collaborations.assessments import noted
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain

PENDING = "pending"
UNCONFIRMED: dict[str, Any] = {"confirmed": False, "confirmed_at": None, "volume": []}


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Begin a collaboration; who proposes it has accepted it."""
    event = recorded.event
    values = {
        **{name: getattr(event, name) for name in ("kind", "title", "proposed_by", "completed_on", "document")},
        "recorded_by": event.actor,
        "proposed_at": recorded.recorded_at,
        "proposed_on": event.happened_on,
        "terms": plain(event.terms),
        "evidence": plain(event.evidence),
        "assessments": [noted(one, recorded) for one in event.assessments],
    }
    rows.begin(connection, recorded, values)
    for place, party in enumerate(event.parties):
        answer = _answer(recorded, proposing=party["firm"] == event.proposed_by)
        party_values = {"place": place, "role": party["role"], **answer, **UNCONFIRMED}
        rows.begin_party(connection, recorded, party["firm"], party_values)


def amended(connection: Connection, recorded: Recorded) -> None:
    """Write the corrected record; it no longer counts until the others have accepted it again."""
    event = recorded.event
    rows.change(
        connection,
        recorded,
        title=event.title,
        terms=plain(event.terms),
        completed_on=event.completed_on,
        confirmed_at=None,
        by_office_alone=False,
    )
    for firm, party in rows.parties(connection, recorded).items():
        answer = _answer(recorded, proposing=firm == event.by)
        rows.change_party(connection, recorded, party, **answer, **UNCONFIRMED)


def evidence_attached(connection: Connection, recorded: Recorded) -> None:
    """Add a document."""
    evidence = rows.found(connection, recorded)["evidence"]
    rows.change(connection, recorded, evidence=[*evidence, plain(recorded.event.document)])


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """End it."""
    rows.change(connection, recorded, ended=State.WITHDRAWN.value)


def _answer(recorded: Recorded, *, proposing: bool) -> dict[str, Any]:
    """Return a party's answer to what is recorded: who records it agrees, the others are asked."""
    if proposing:
        return {"answer": Answer.ACCEPTED.value, "by_office": of_office(recorded.event.actor)}
    return {"answer": PENDING, "by_office": False}
