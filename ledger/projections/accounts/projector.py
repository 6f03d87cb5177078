"""From invitations, and what became of them, to rows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_

from ledger.domain.account import NOBODY, Account, State
from ledger.domain.actor import Role
from ledger.domain.network import Network
from ledger.projections.accounts.tables import ACCOUNTS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import revise, revise_all
from ledger.subscriptions.versioning import supersede


def invited(connection: Connection, recorded: Recorded) -> None:
    """Add an account."""
    event, at = recorded.event, recorded.recorded_at
    values = {
        **{name: getattr(event, name) for name in ("network_id", "role", "subject", "position")},
        **event.person,
        "state": State.INVITED.value,
        "since": at,
        "invited_at": at,
        "invited_until": event.until,
        "version": event.originator_version,
    }
    supersede(connection, ACCOUNTS, {"id": event.originator_id}, recorded.position, at, values)


def invitation_renewed(connection: Connection, recorded: Recorded) -> None:
    """Note until when the new invitation opens."""
    _change(connection, recorded, invited_at=recorded.recorded_at, invited_until=recorded.event.until)


def activated(connection: Connection, recorded: Recorded) -> None:
    """The person is there."""
    _change(connection, recorded, state=State.ACTIVE.value, since=recorded.recorded_at, invited_until=None)


def closed(connection: Connection, recorded: Recorded) -> None:
    """Close it."""
    _change(connection, recorded, state=State.CLOSED.value, since=recorded.recorded_at, invited_until=None)


def handed_over(connection: Connection, recorded: Recorded) -> None:
    """Close the accounts of the network's office up to now; the log opens none of them by itself."""
    its = (ACCOUNTS.c.network_id == recorded.event.network_id, ACCOUNTS.c.role == Role.COORDINATOR.value)
    open_ = and_(*its, ACCOUNTS.c.state != State.CLOSED.value)
    changes = {"state": State.CLOSED.value, "since": recorded.recorded_at, "invited_until": None}
    revise_all(connection, ACCOUNTS, open_, recorded, changes)


def erased(connection: Connection, recorded: Recorded) -> None:
    """Close it, and take the person out of every row that there ever was of it."""
    closed(connection, recorded)
    its = ACCOUNTS.c.id == recorded.event.originator_id
    connection.execute(ACCOUNTS.update().where(its).values(**NOBODY))


def changed(connection: Connection, recorded: Recorded) -> None:
    """Nothing that is shown has changed but the version."""
    _change(connection, recorded)


def _change(connection: Connection, recorded: Recorded, **changes: Any) -> None:
    event = recorded.event
    said = {**changes, "version": event.originator_version}
    revise(connection, ACCOUNTS, {"id": event.originator_id}, recorded.position, recorded.recorded_at, said)


HANDLERS: dict[type, Handler] = {
    Account.Invited: invited,
    Account.InvitationRenewed: invitation_renewed,
    Account.Activated: activated,
    Account.PasswordChanged: changed,
    Account.PasswordRehashed: changed,
    Account.Linked: changed,
    Account.Closed: closed,
    Account.Erased: erased,
    Network.HandedOver: handed_over,
}

PROJECTION = Projection("accounts", VERSION, METADATA, HANDLERS)
