"""From looks, referrals and what became of loans to rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC
from typing import Any

from sqlalchemy import Connection

from ledger.domain.access import Access
from ledger.domain.firm import Firm
from ledger.domain.referral import Referral
from ledger.projections.benefits.tables import LOOKS, METADATA, REFERRALS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise
from ledger.subscriptions.versioning import supersede

UNSAID = {"granted": None, "amount_band": None, "currency": None}


def looked(connection: Connection, recorded: Recorded) -> None:
    """Count a look in its year."""
    event = recorded.event
    row = {"network_id": event.network_id, "firm": event.firm, "position": recorded.position}
    connection.execute(LOOKS.insert().values(**row, year=_year(recorded)))


def issued(connection: Connection, recorded: Recorded) -> None:
    """Begin a referral; nobody has said yet what became of the loan."""
    values = {"year": _year(recorded), **UNSAID}
    supersede(connection, REFERRALS, _key(recorded), recorded.position, recorded.recorded_at, values)


def outcome_reported(connection: Connection, recorded: Recorded) -> None:
    """Note what became of the loan, unless it can no longer be read: then nobody has said."""
    loan = recorded.event.loan
    # The same row as an erasure leaves of one that was read before it: a rebuild must end where living rows do.
    said = loan if isinstance(loan, Mapping) else UNSAID
    revise(connection, REFERRALS, _key(recorded), recorded.position, recorded.recorded_at, said)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take what was said of the firm's loans out of every row that there ever was."""
    event = recorded.event
    its = (REFERRALS.c.network_id == event.network_id, REFERRALS.c.firm == event.originator_id)
    connection.execute(REFERRALS.update().where(*its).values(UNSAID))


def _year(recorded: Recorded) -> int:
    return recorded.recorded_at.astimezone(UTC).year


def _key(recorded: Recorded) -> dict[str, Any]:
    event = recorded.event
    return {"network_id": event.network_id, "firm": event.firm, "id": event.originator_id}


HANDLERS: dict[type, Handler] = {
    Access.Made: looked,
    Firm.Erased: erased,
    Referral.Issued: issued,
    Referral.OutcomeReported: outcome_reported,
}

PROJECTION = Projection("benefits", VERSION, METADATA, HANDLERS)
