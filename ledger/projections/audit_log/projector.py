"""From looks, referrals and what the office entered for firms to rows."""

from __future__ import annotations

from sqlalchemy import Connection

from ledger.domain import acting
from ledger.domain.access import Access
from ledger.domain.acting import speaks
from ledger.domain.actor import of_office
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.referral import Referral
from ledger.projections.audit_log.tables import LOOKS, METADATA, VERSION, WORDS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add
from ledger.subscriptions.projection import Handler, Projection


def looked(connection: Connection, recorded: Recorded) -> None:
    """Note what a bank read."""
    _add(connection, recorded, recorded.event.what)


def referred(connection: Connection, recorded: Recorded) -> None:
    """Note that a bank was given a referral."""
    _add(connection, recorded, "referral")


def spoken(connection: Connection, recorded: Recorded) -> None:
    """Note that the office gave a firm's word."""
    event = recorded.event
    if of_office(event.actor):
        word = {
            "network_id": event.network_id,
            "firm": speaks(event),
            "position": recorded.position,
            "thing": event.originator_id,
            "type": event.TOPIC,
            "actor": event.actor,
            "at": recorded.recorded_at,
        }
        add(connection, WORDS, word)


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
    **dict.fromkeys(acting.WORDS, spoken),
    Access.Made: looked,
    Referral.Issued: referred,
    Firm.Erased: erased,
}

PROJECTION = Projection("audit_log", VERSION, METADATA, HANDLERS)
