"""From referrals issued and revoked to rows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, func, select

from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.referral import Referral
from ledger.projections.referrals.tables import METADATA, REFERRALS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.versioning import current, supersede

KEPT = ("firm", "bank", "consent", "purpose", "true_at", "issued_at", "valid_until", "status_index")


def issued(connection: Connection, recorded: Recorded) -> None:
    """Begin a referral."""
    event = recorded.event
    values = {
        "firm": event.firm,
        "bank": event.bank,
        "consent": event.consent,
        "purpose": event.purpose,
        "true_at": event.position,
        "issued_at": recorded.recorded_at,
        "valid_until": event.valid_until,
        "status_index": _next_index(connection),
        "revoked_at": None,
    }
    _write(connection, recorded, values)


def revoked(connection: Connection, recorded: Recorded) -> None:
    """Declare a referral void."""
    row: dict[str, Any] = dict(current(connection, REFERRALS, _key(recorded)) or {})
    values = {name: row[name] for name in KEPT}
    _write(connection, recorded, {**values, "revoked_at": recorded.recorded_at})


def _next_index(connection: Connection) -> int:
    """Return how many referrals were issued before, in the order of the log: a rebuild gives each the same again."""
    last = connection.execute(select(func.max(REFERRALS.c.status_index))).scalar_one()
    return 0 if last is None else int(last) + 1


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the firm's words out of every row that there ever was of its referrals."""
    event = recorded.event
    its = (REFERRALS.c.network_id == event.network_id, REFERRALS.c.firm == event.originator_id)
    connection.execute(REFERRALS.update().where(*its).values(purpose=ERASED))


def _write(connection: Connection, recorded: Recorded, values: dict[str, Any]) -> None:
    versioned = {**values, "version": recorded.event.originator_version}
    supersede(connection, REFERRALS, _key(recorded), recorded.position, recorded.recorded_at, versioned)


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


HANDLERS: Mapping[type, Handler] = {
    Referral.Issued: issued,
    Referral.Revoked: revoked,
    Firm.Erased: erased,
}

PROJECTION = Projection("referrals", VERSION, METADATA, HANDLERS)
