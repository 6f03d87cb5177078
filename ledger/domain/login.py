"""A login: what one person signs in by, an e-mail address or an identity at an issuer; only a keyed digest is recorded.

The aggregate's id is made of that digest, so that the store itself keeps one login to one account.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.errors import AddressTaken
from ledger.domain.event import Fact, FirstFact
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Login(BaseAggregate[UUID]):
    """What one account is found by."""

    TOPIC = "login"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "login.event"

    class Assigned(Event, FirstFact):
        """An e-mail address, or an identity at an issuer, came to belong to an account."""

        TOPIC = "login.assigned"
        account: UUID

    class Released(Event):
        """It belongs to no account any more."""

        TOPIC = "login.released"

    class Reassigned(Event):
        """After it was released, it came to belong to another account."""

        TOPIC = "login.reassigned"
        account: UUID

    @event(Assigned)
    def __init__(self, account: UUID) -> None:
        self.account: UUID | None = account

    @event(Released)
    def _released(self) -> None:
        self.account = None

    @event(Reassigned)
    def _reassigned(self, account: UUID) -> None:
        self.account = account

    @classmethod
    def assign(cls, id_: UUID, stamp: Stamp, account: UUID) -> Self:
        """Assign what nobody ever signed in by."""
        return cls._create(cls.Assigned, id=id_, account=account, **_stamped(stamp))

    def reassign(self, stamp: Stamp, account: UUID) -> None:
        """Assign it anew; raise `AddressTaken` while it belongs to an account."""
        if self.account is not None:
            raise AddressTaken("This belongs to an account already; one person has one account.")
        self.trigger_event(self.Reassigned, **_stamped(stamp), account=account)

    def release(self, stamp: Stamp) -> None:
        """Give it free; what is free already records nothing."""
        if self.account is not None:
            self.trigger_event(self.Released, **_stamped(stamp))


def login_id(digest: str) -> UUID:
    """Return the id of the login with this keyed digest."""
    return identify("login", digest)


def _stamped(stamp: Stamp) -> dict[str, Any]:
    """A login belongs to no network: the same person may act in another one next year."""
    return {**stamp.fields(), "network_id": None}
