"""From webhooks registered and removed to rows."""

from __future__ import annotations

from sqlalchemy import Connection, and_

from ledger.domain.actor import Role
from ledger.domain.event import ERASED
from ledger.domain.firm import Firm
from ledger.domain.network import Network
from ledger.domain.webhook import Webhook
from ledger.projections.webhooks.tables import METADATA, VERSION, WEBHOOKS
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise, revise_all
from ledger.subscriptions.versioning import supersede


def registered(connection: Connection, recorded: Recorded) -> None:
    """Add a webhook."""
    event = recorded.event
    own = {name: getattr(event, name) for name in ("network_id", "role", "subject", "url", "types")}
    values = {**own, "registered_at": recorded.recorded_at, "version": event.originator_version}
    key = {"id": event.originator_id}
    supersede(connection, WEBHOOKS, key, recorded.position, recorded.recorded_at, values)


def removed(connection: Connection, recorded: Recorded) -> None:
    """Close a webhook."""
    changes = {"removed_at": recorded.recorded_at, "version": recorded.event.originator_version}
    key = {"id": recorded.event.originator_id}
    revise(connection, WEBHOOKS, key, recorded.position, recorded.recorded_at, changes)


def handed_over(connection: Connection, recorded: Recorded) -> None:
    """Close the webhooks of the network's office up to now; the courier serves none of them by itself."""
    its = (WEBHOOKS.c.network_id == recorded.event.network_id, WEBHOOKS.c.role == Role.COORDINATOR.value)
    open_ = and_(*its, WEBHOOKS.c.removed_at.is_(None))
    revise_all(connection, WEBHOOKS, open_, recorded, {"removed_at": recorded.recorded_at})


def erased(connection: Connection, recorded: Recorded) -> None:
    """Take the addresses off the firm's webhooks: nothing is sent there any more."""
    its = WEBHOOKS.update().where(WEBHOOKS.c.subject == recorded.event.originator_id)
    connection.execute(its.values(url=ERASED))


HANDLERS: dict[type, Handler] = {
    Webhook.Registered: registered,
    Webhook.Removed: removed,
    Network.HandedOver: handed_over,
    Firm.Erased: erased,
}

PROJECTION = Projection("webhooks", VERSION, METADATA, HANDLERS)
