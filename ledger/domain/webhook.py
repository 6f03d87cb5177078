"""A webhook: where a caller wants to be told of its events, and the secret that they are signed with."""

from __future__ import annotations

import secrets
from base64 import b64encode
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import StateConflict
from ledger.domain.event import ERASED, Fact, FirstFact, Personal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.domain.event import Stamp

PREFIX = "whsec_"  # as Standard Webhooks writes secrets
SECRET_LENGTH = 32


class Webhook(BaseAggregate[UUID]):
    """An address that is sent what its holder may see, until the holder removes it."""

    TOPIC = "webhook"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "webhook.event"

    class Registered(Event, FirstFact):
        """A caller asked to be told of its events at an address; without `types` of all of them."""

        TOPIC = "webhook.registered"
        role: str
        subject: UUID | None
        url: Annotated[str, Personal("subject")]
        types: list[str]
        secret: Annotated[str, Personal("subject", secret=True)]

    class Removed(Event):
        """Nothing more is sent there."""

        TOPIC = "webhook.removed"

    @event(Registered)
    def __init__(
        self, network_id: UUID | None, role: str, subject: UUID | None, url: str, types: list[str], secret: str
    ) -> None:
        self.network_id = network_id
        self.role = Role(role)
        self.subject = subject
        self.url = url
        self.types = types
        self.secret = secret
        self.removed = False

    @event(Removed)
    def _removed(self) -> None:
        self.removed = True

    @property
    def holder(self) -> Actor:
        """The caller that is told."""
        return Actor(self.role, self.subject, self.network_id)

    @property
    def active(self) -> bool:
        """Whether anything is sent there: not once it is removed, or its secret is erased with its holder's data."""
        return not self.removed and self.secret != ERASED

    @classmethod
    def register(cls, id_: UUID, stamp: Stamp, holder: Actor, *, url: str, types: Sequence[str], secret: str) -> Self:
        """Begin to tell the holder of its events."""
        return cls._create(
            cls.Registered,
            id=id_,
            role=holder.role.value,
            subject=holder.subject,
            url=url,
            types=sorted(set(types)),
            secret=secret,
            **{**stamp.fields(), "network_id": holder.network},
        )

    def remove(self, stamp: Stamp) -> None:
        """Send nothing more."""
        if self.removed:
            raise StateConflict("This webhook is removed already.")
        self.trigger_event(self.Removed, **{**stamp.fields(), "network_id": self.network_id})


def new_secret() -> str:
    """Return a fresh secret of 256 random bits."""
    return PREFIX + b64encode(secrets.token_bytes(SECRET_LENGTH)).decode()
