"""An API key: who holds it and whether it still opens. Only the SHA-256 of the secret is ever recorded.

The aggregate's id is made of that digest, so a presented key is looked up in the log itself: nothing lies
between its revocation and its refusal.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.actor import Actor, Role
from ledger.domain.errors import Fault, InvalidDate, StateConflict
from ledger.domain.event import Fact, FirstFact, Personal
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from ledger.domain.event import Stamp

PREFIX = "cl_"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz"  # no letters that look alike
SECRET_LENGTH = 34  # 34 letters of 54 are 195 random bits
CHECK_LENGTH = 6  # six letters hold the 32 bits of a CRC


class Key(BaseAggregate[UUID]):
    """An API key of one caller."""

    TOPIC = "key"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "key.event"

    class Issued(Event, FirstFact):
        """A key was issued to the caller that `role` and `subject` name; an operator's key has no subject."""

        TOPIC = "key.issued"
        role: str
        subject: UUID | None
        label: Annotated[str | None, Personal("subject")]
        expires_at: datetime | None

    class Revoked(Event):
        """The key no longer opens."""

        TOPIC = "key.revoked"

    @event(Issued)
    def __init__(self, network_id: UUID | None, role: str, subject: UUID | None, expires_at: datetime | None) -> None:
        self.network_id = network_id
        self.role = Role(role)
        self.subject = subject
        self.expires_at = expires_at
        self.revoked = False

    @event(Revoked)
    def _revoked(self) -> None:
        self.revoked = True

    @property
    def holder(self) -> Actor:
        """The caller that this key stands for."""
        return Actor(self.role, self.subject, self.network_id)

    @classmethod
    def issue(cls, secret: str, stamp: Stamp, holder: Actor, *, label: str | None, expires_at: datetime | None) -> Self:
        """Issue a key whose secret is known to its holder alone; raise `InvalidDate` when it would never open."""
        if expires_at is not None and expires_at <= stamp.at:
            detail = "The key would have expired before it is issued."
            raise InvalidDate(detail, faults=[Fault("/expires_at", detail)])
        return cls._create(
            cls.Issued,
            id=key_id(secret),
            role=holder.role.value,
            subject=holder.subject,
            label=label,
            expires_at=expires_at,
            **{**stamp.fields(), "network_id": holder.network},
        )

    def revoke(self, stamp: Stamp) -> None:
        """Close the key for good."""
        if self.revoked:
            raise StateConflict("This key is revoked already.")
        self.trigger_event(self.Revoked, **{**stamp.fields(), "network_id": self.network_id})

    def opens(self, at: datetime) -> bool:
        """Tell whether the key is valid at this moment."""
        return not self.revoked and (self.expires_at is None or at < self.expires_at)


def new_secret() -> str:
    """Return a fresh secret: a prefix to recognise it, 195 random bits, and a CRC that finds typing errors."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(SECRET_LENGTH))
    return f"{PREFIX}{body}{_check(body)}"


def well_formed(secret: str) -> bool:
    """Tell whether this can be a key at all, without asking any database."""
    body, check = secret[len(PREFIX) : -CHECK_LENGTH], secret[-CHECK_LENGTH:]
    return secret.startswith(PREFIX) and len(body) == SECRET_LENGTH and secret.isascii() and check == _check(body)


def key_id(secret: str) -> UUID:
    """Return the id of the key with this secret; the secret cannot be found from it."""
    return identify("key", hashlib.sha256(secret.encode()).hexdigest())


def _check(body: str) -> str:
    rest, letters = zlib.crc32(body.encode()), ""
    for _ in range(CHECK_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters
