"""Contested records: raised, answered, settled."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.collaboration import Outcome, State
from ledger.projections.collaborations import rows
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain


def disputed(connection: Connection, recorded: Recorded) -> None:
    """Open a dispute."""
    event = recorded.event
    opened = {
        "number": event.number,
        "by": plain(event.by),
        "reason": event.reason,
        "raised_at": plain(recorded.recorded_at),
        "answers": [],
        "outcome": None,
        "note": None,
        "settled_at": None,
    }
    before = rows.found(connection, recorded)["disputes"]
    rows.change(connection, recorded, disputes=[*before, opened])


def answered(connection: Connection, recorded: Recorded) -> None:
    """Add an answer to a dispute."""
    event = recorded.event
    answer = {"by": plain(event.by), "statement": event.statement, "at": plain(recorded.recorded_at)}
    disputes = rows.found(connection, recorded)["disputes"]
    answers = [*disputes[event.number - 1]["answers"], answer]
    rows.change(connection, recorded, disputes=_with(disputes, event.number, answers=answers))


def settled(connection: Connection, recorded: Recorded) -> None:
    """Close a dispute; what is struck no longer counts."""
    event = recorded.event
    decision = {"outcome": event.outcome, "note": event.note, "settled_at": plain(recorded.recorded_at)}
    disputes = _with(rows.found(connection, recorded)["disputes"], event.number, **decision)
    struck = {"ended": State.STRUCK.value} if event.outcome == Outcome.STRUCK else {}
    rows.change(connection, recorded, disputes=disputes, **struck)


def _with(disputes: list[dict[str, Any]], number: int, **changes: Any) -> list[dict[str, Any]]:
    return [{**one, **changes} if one["number"] == number else one for one in disputes]
