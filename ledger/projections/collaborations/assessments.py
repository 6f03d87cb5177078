"""What the parties say of each other once the work is done."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.assessment import Assessment
from ledger.projections.collaborations import rows
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain


def completed(connection: Connection, recorded: Recorded) -> None:
    """Note the day on which the work was finished."""
    rows.change(connection, recorded, completed_on=recorded.event.completed_on)


def assessed(connection: Connection, recorded: Recorded) -> None:
    """Add an assessment."""
    before = rows.found(connection, recorded)["assessments"]
    rows.change(connection, recorded, assessments=[*before, noted(recorded.event.assessment, recorded)])


def noted(assessment: Assessment, recorded: Recorded) -> dict[str, Any]:
    """Return the assessment with the moment from which its seal is counted."""
    return {**plain(assessment), "recorded_at": plain(recorded.recorded_at)}
