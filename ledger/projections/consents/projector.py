"""From consents granted, renewed and withdrawn, and from what firms say of themselves, to rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection

from ledger.domain.consent import Consent
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm, ToBanks
from ledger.projections.consents.tables import CONSENTS, FACES, MEMBERS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise
from ledger.subscriptions.versioning import supersede


def admitted(connection: Connection, recorded: Recorded) -> None:
    """Note the firm's network, and what it is called; it is described until it says otherwise."""
    event = recorded.event
    connection.execute(MEMBERS.insert().values(network_id=event.network_id, firm=event.originator_id))
    values = {**_said(recorded), "to_banks": ToBanks.DESCRIBED.value}
    supersede(connection, FACES, _firm(recorded), recorded.position, recorded.recorded_at, values)


def updated(connection: Connection, recorded: Recorded) -> None:
    """Note another name, country or sector."""
    revise(connection, FACES, _firm(recorded), recorded.position, recorded.recorded_at, _said(recorded))


def disclosure_set(connection: Connection, recorded: Recorded) -> None:
    """Note how the firm wants to be shown."""
    changes = {"to_banks": recorded.event.to_banks}
    revise(connection, FACES, _firm(recorded), recorded.position, recorded.recorded_at, changes)


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


def _said(recorded: Recorded) -> dict[str, Any]:
    identity, trade = recorded.event.identity, recorded.event.trade
    return {"name": identity["name"], "country": trade["country"], "nace": trade["nace"]}


def _firm(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "firm": recorded.event.originator_id}


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the firm's words out of every row that there ever was of its consents."""
    event = recorded.event
    its = (CONSENTS.c.network_id == event.network_id, CONSENTS.c.firm == event.originator_id)
    connection.execute(CONSENTS.update().where(*its).values(purpose=ERASED))
    its_faces = (FACES.c.network_id == event.network_id, FACES.c.firm == event.originator_id)
    connection.execute(FACES.update().where(*its_faces).values(name=ERASED))


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


HANDLERS: dict[type, Handler] = {
    Firm.Admitted: admitted,
    Firm.Updated: updated,
    Firm.DisclosureSet: disclosure_set,
    Consent.Granted: granted,
    Consent.Renewed: renewed,
    Consent.Withdrawn: withdrawn,
    Firm.Erased: erased,
}

PROJECTION = Projection("consents", VERSION, METADATA, HANDLERS)
