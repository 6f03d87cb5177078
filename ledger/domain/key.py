"""A key: who holds it, what it is narrowed to, and whether it still opens. Only the SHA-256 of its secret is recorded.

The aggregate's id is made of that digest, so a presented key is looked up in the log itself: nothing lies
between its revocation and its refusal. A key that is issued to a program of an OpenID Connect issuer has no secret: its
id is made of what the issuer calls the program.
"""

from __future__ import annotations

import hashlib
import secrets
import zlib
from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, Self, TypedDict
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.actor import Actor, Role, Scope
from ledger.domain.errors import Fault, InvalidDate, StateConflict
from ledger.domain.event import Fact, FirstFact, Personal
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from ledger.domain.event import Stamp

PREFIX = "cl_"
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZabcdefghjkmnpqrstvwxyz"  # no letters that look alike
SECRET_LENGTH = 34  # 34 letters of 54 are 195 random bits
CHECK_LENGTH = 6  # six letters hold the 32 bits of a CRC


class Client(TypedDict):
    """A program as its issuer of OpenID Connect knows it: the `iss` and the `sub` of its access tokens."""

    issuer: str
    subject: str


class Key(BaseAggregate[UUID]):
    """A key of one caller."""

    TOPIC = "key"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "key.event"

    class Issued(Event, FirstFact):
        """A key was issued to the caller that `role` and `subject` name; an operator's key has no subject."""

        TOPIC = "key.issued"
        class_version = 2
        role: str
        subject: UUID | None
        label: Annotated[str | None, Personal("subject")]
        expires_at: datetime | None
        scopes: list[str] | None
        client: Annotated[Client | None, Personal("subject", inside=frozenset({"subject"}))]

        @staticmethod
        def upcast_v1_v2(state: dict[str, Any]) -> None:
            """Before, every key had a secret and might do whatever its holder may."""
            state["scopes"], state["client"] = None, None

    class Replaced(Event):
        """Another key took its place (`by`); this one still opens before `until`."""

        TOPIC = "key.replaced"
        by: UUID
        until: datetime

    class Revoked(Event):
        """The key no longer opens."""

        TOPIC = "key.revoked"

    @event(Issued)
    def __init__(
        self,
        network_id: UUID | None,
        role: str,
        subject: UUID | None,
        expires_at: datetime | None,
        scopes: list[str] | None,
        client: Client | None,
    ) -> None:
        self.network_id = network_id
        self.role = Role(role)
        self.subject = subject
        self.expires_at = expires_at
        self.scopes = None if scopes is None else frozenset(Scope(scope) for scope in scopes)
        self.has_secret = client is None
        self.replaced = self.revoked = False

    @event(Replaced)
    def _replaced(self, until: datetime) -> None:
        self.replaced, self.expires_at = True, until

    @event(Revoked)
    def _revoked(self) -> None:
        self.revoked = True

    @property
    def holder(self) -> Actor:
        """The caller that this key stands for."""
        return Actor(self.role, self.subject, self.network_id)

    @property
    def actor(self) -> Actor:
        """The same, with what the key is narrowed to."""
        return replace(self.holder, scopes=self.scopes)

    @classmethod
    def issue(
        cls,
        secret: str,
        stamp: Stamp,
        holder: Actor,
        *,
        label: str | None,
        expires_at: datetime | None,
        scopes: Collection[Scope] | None = None,
        client: Client | None = None,
    ) -> Self:
        """Issue a key whose secret is known to its holder alone; raise `InvalidDate` when it would never open.

        What is issued to a client has `name_of` it in place of a secret.
        """
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
            scopes=None if scopes is None else [scope.value for scope in Scope if scope in scopes],
            client=client,
            **{**stamp.fields(), "network_id": holder.network},
        )

    def replace(self, stamp: Stamp, by: UUID, until: datetime) -> None:
        """Give way to another key, which opens already; raise `StateConflict` when there is nothing to replace."""
        if not self.has_secret:
            raise StateConflict("A client has no secret here; its issuer is where its own is changed.")
        if self.replaced or not self.opens(stamp.at):
            raise StateConflict("This key was replaced already, or opens no more; issue a new one.")
        until = until if self.expires_at is None else min(until, self.expires_at)
        self.trigger_event(self.Replaced, **{**stamp.fields(), "network_id": self.network_id}, by=by, until=until)

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


def name_of(client: Client) -> str:
    """Return what stands for the secret of a client's key: no secret looks like it, and no other client has it."""
    return f"{client['issuer']} {client['subject']}"  # an address holds no blank


def _check(body: str) -> str:
    rest, letters = zlib.crc32(body.encode()), ""
    for _ in range(CHECK_LENGTH):
        rest, digit = divmod(rest, len(ALPHABET))
        letters += ALPHABET[digit]
    return letters
