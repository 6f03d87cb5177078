"""From consents granted, renewed and withdrawn to rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.consent import Consent
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.projections.consents.tables import CONSENTS, MEMBERS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise
from ledger.subscriptions.versioning import supersede


def admitted(connection: Connection, recorded: Recorded) -> None:
    """Note the firm's network."""
    event = recorded.event
    connection.execute(MEMBERS.insert().values(network_id=event.network_id, firm=event.originator_id))


def granted(connection: Connection, recorded: Recorded) -> None:
    """Begin a consent."""
    event = recorded.event
    values = {
        "firm": event.firm,
        "bank": event.bank,
        "purpose": event.purpose,
        "granted_at": recorded.recorded_at,
        "until": event.until,
        "version": event.originator_version,
    }
    supersede(connection, CONSENTS, _key(recorded), recorded.position, recorded.recorded_at, values)


def renewed(connection: Connection, recorded: Recorded) -> None:
    """Move a consent's end; one that was withdrawn is in force again."""
    event = recorded.event
    changes = {"until": event.until, "withdrawn_at": None, "version": event.originator_version}
    revise(connection, CONSENTS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """End a consent."""
    changes = {"withdrawn_at": recorded.recorded_at, "version": recorded.event.originator_version}
    revise(connection, CONSENTS, _key(recorded), recorded.position, recorded.recorded_at, changes)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the firm's words out of every row that there ever was of its consents."""
    event = recorded.event
    its = (CONSENTS.c.network_id == event.network_id, CONSENTS.c.firm == event.originator_id)
    connection.execute(CONSENTS.update().where(*its).values(purpose=ERASED))


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


HANDLERS: dict[type, Handler] = {
    Firm.Admitted: admitted,
    Consent.Granted: granted,
    Consent.Renewed: renewed,
    Consent.Withdrawn: withdrawn,
    Firm.Erased: erased,
}

PROJECTION = Projection("consents", VERSION, METADATA, HANDLERS)
