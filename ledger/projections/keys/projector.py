"""From keys issued and revoked to rows."""

from __future__ import annotations

from sqlalchemy import Connection

from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.key import Key
from ledger.projections.keys.tables import KEYS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise
from ledger.subscriptions.versioning import supersede


def issued(connection: Connection, recorded: Recorded) -> None:
    """Add a key."""
    event = recorded.event
    own = {name: getattr(event, name) for name in ("network_id", "role", "subject", "label", "expires_at")}
    values = {**own, "issued_at": recorded.recorded_at, "version": event.originator_version}
    key = {"id": event.originator_id}
    supersede(connection, KEYS, key, recorded.position, recorded.recorded_at, values)


def revoked(connection: Connection, recorded: Recorded) -> None:
    """Close a key."""
    event = recorded.event
    changes = {"revoked_at": recorded.recorded_at, "version": event.originator_version}
    key = {"id": event.originator_id}
    revise(connection, KEYS, key, recorded.position, recorded.recorded_at, changes)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the labels off the firm's keys."""
    its = (KEYS.c.subject == recorded.event.originator_id, KEYS.c.label.is_not(None))
    connection.execute(KEYS.update().where(*its).values(label=ERASED))


HANDLERS: dict[type, Handler] = {Key.Issued: issued, Key.Revoked: revoked, Firm.Erased: erased}

PROJECTION = Projection("keys", VERSION, METADATA, HANDLERS)
