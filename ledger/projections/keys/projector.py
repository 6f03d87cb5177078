"""From keys issued, replaced and revoked to rows."""

from __future__ import annotations

from sqlalchemy import Connection, and_

from ledger.domain.actor import Role
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.key import Key
from ledger.domain.network import Network
from ledger.projections.keys.tables import KEYS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise, revise_all, standing
from ledger.subscriptions.versioning import supersede


def issued(connection: Connection, recorded: Recorded) -> None:
    """Add a key."""
    event = recorded.event
    own = {name: getattr(event, name) for name in ("network_id", "role", "subject", "label", "expires_at", "scopes")}
    client = event.client or {"issuer": None, "subject": None}
    of_client = {"client_issuer": client["issuer"], "client_subject": client["subject"]}
    values = {**own, **of_client, "issued_at": recorded.recorded_at, "version": event.originator_version}
    key = {"id": event.originator_id}
    supersede(connection, KEYS, key, recorded.position, recorded.recorded_at, values)


def replaced(connection: Connection, recorded: Recorded) -> None:
    """Let a key end, and call the one in its place by its label, which is personal and stands in one event alone."""
    event = recorded.event
    changes = {"replaced_by": event.by, "expires_at": event.until, "version": event.originator_version}
    key = {"id": event.originator_id}
    label = standing(connection, KEYS, key)["label"]
    revise(connection, KEYS, key, recorded.position, recorded.recorded_at, changes)
    connection.execute(KEYS.update().where(KEYS.c.id == event.by).values(label=label))


def revoked(connection: Connection, recorded: Recorded) -> None:
    """Close a key."""
    event = recorded.event
    changes = {"revoked_at": recorded.recorded_at, "version": event.originator_version}
    key = {"id": event.originator_id}
    revise(connection, KEYS, key, recorded.position, recorded.recorded_at, changes)


def handed_over(connection: Connection, recorded: Recorded) -> None:
    """Close the keys of the network's office up to now; the log refuses them by itself."""
    its = (KEYS.c.network_id == recorded.event.network_id, KEYS.c.role == Role.COORDINATOR.value)
    open_ = and_(*its, KEYS.c.revoked_at.is_(None))
    revise_all(connection, KEYS, open_, recorded, {"revoked_at": recorded.recorded_at})


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the labels off the firm's keys, and what issuers call its programs."""
    for named in (KEYS.c.label, KEYS.c.client_subject):
        its = (KEYS.c.subject == recorded.event.originator_id, named.is_not(None))
        connection.execute(KEYS.update().where(*its).values({named: ERASED}))


HANDLERS: dict[type, Handler] = {
    Key.Issued: issued,
    Key.Replaced: replaced,
    Key.Revoked: revoked,
    Network.HandedOver: handed_over,
    Firm.Erased: erased,
}

PROJECTION = Projection("keys", VERSION, METADATA, HANDLERS)
