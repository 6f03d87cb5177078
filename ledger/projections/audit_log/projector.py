"""From looks and referrals to rows."""

from __future__ import annotations

from sqlalchemy import Connection

from ledger.domain.access import Access
from ledger.domain.referral import Referral
from ledger.projections.audit_log.tables import LOOKS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection


def looked(connection: Connection, recorded: Recorded) -> None:
    """Note what a bank read."""
    _add(connection, recorded, recorded.event.what)


def referred(connection: Connection, recorded: Recorded) -> None:
    """Note that a bank was given a referral."""
    _add(connection, recorded, "referral")


def _add(connection: Connection, recorded: Recorded, what: str) -> None:
    event = recorded.event
    connection.execute(
        LOOKS.insert().values(
            network_id=event.network_id,
            firm=event.firm,
            position=recorded.position,
            bank=event.bank,
            what=what,
            purpose=event.purpose,
            at=recorded.recorded_at,
        )
    )


HANDLERS: dict[type, Handler] = {Access.Made: looked, Referral.Issued: referred}

PROJECTION = Projection("audit_log", VERSION, METADATA, HANDLERS)
