"""From looks and referrals to rows."""

from __future__ import annotations

from sqlalchemy import Connection

from ledger.domain.access import Access
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
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


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the firm's words out of the looks at it; that somebody looked stays."""
    event = recorded.event
    its = (LOOKS.c.network_id == event.network_id, LOOKS.c.firm == event.originator_id)
    connection.execute(LOOKS.update().where(*its).values(purpose=ERASED))


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


HANDLERS: dict[type, Handler] = {
    Access.Made: looked,
    Referral.Issued: referred,
    Firm.Erased: erased,
}

PROJECTION = Projection("audit_log", VERSION, METADATA, HANDLERS)
