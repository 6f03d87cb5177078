"""An account: a person who acts for a firm, a bank, an office or the operator; its personal data have their own key.

Of an invitation the log holds its token's SHA-256; the password's hash lies there encrypted, and goes with the key.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any, Self, TypedDict
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.actor import Actor, Position, Role
from ledger.domain.errors import AddressTaken, Fault, InvalidRequest, NotFound, StateConflict
from ledger.domain.event import ERASED, Fact, FirstFact, Personal
from ledger.domain.firm import Erasure

if TYPE_CHECKING:
    from ledger.domain.event import Stamp

INVITATION_LASTS = timedelta(days=14)
ID_BYTES, SECRET_BYTES = 16, 32  # of an invitation's token: whose it is, and 256 random bits
TOKEN = re.compile(r"[A-Za-z0-9_-]{64}", re.ASCII)


class State(StrEnum):
    """Where an account stands."""

    INVITED = "invited"
    ACTIVE = "active"
    CLOSED = "closed"


class Person(TypedDict):
    """Who has an account: personal data."""

    name: str
    email: str
    language: str


# Who it was, once the account is erased.
NOBODY = Person(name=ERASED, email=ERASED, language="en")


class Account(BaseAggregate[UUID]):
    """An account of one person."""

    TOPIC = "account"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "account.event"

    class Invited(Event, FirstFact):
        """A person was invited to act for what `role` and `subject` name; `invitation` is a token's SHA-256."""

        TOPIC = "account.invited"
        role: str
        subject: UUID | None
        position: str
        person: Annotated[Person, Personal(erased=NOBODY)]
        login: UUID
        invitation: str
        until: datetime

    class InvitationRenewed(Event):
        """The invitation before opens no more; the new one sets a password, also for who had one."""

        TOPIC = "account.invitation-renewed"
        invitation: str
        until: datetime

    class Activated(Event):
        """The person took up the invitation; without a password it signs in at an issuer."""

        TOPIC = "account.activated"
        password: Annotated[str | None, Personal(secret=True)]

    class PasswordChanged(Event):
        """The person has another password; every session from before has ended."""

        TOPIC = "account.password-changed"
        password: Annotated[str, Personal(secret=True)]

    class PasswordRehashed(Event):
        """The same password is kept by a stronger hash."""

        TOPIC = "account.password-rehashed"
        password: Annotated[str, Personal(secret=True)]

    class Linked(Event):
        """The person signs in at an issuer of OpenID Connect as well; `login` is made of its identity there."""

        TOPIC = "account.linked"
        issuer: str
        login: UUID

    class Closed(Event):
        """The account no longer opens; what was done with it stays."""

        TOPIC = "account.closed"

    class Erased(Event):
        """The key that encrypts the person's data was destroyed, and with it the account; a certificate."""

        TOPIC = "account.erased"
        fingerprint: str

    @event(Invited)
    def __init__(
        self,
        network_id: UUID | None,
        role: str,
        subject: UUID | None,
        position: str,
        person: Person,
        login: UUID,
        invitation: str,
        until: datetime,
    ) -> None:
        self.network_id, self.role, self.subject = network_id, Role(role), subject
        self.position = Position(position)
        self.person = person
        self.logins = [login]
        self.state = State.INVITED
        self.invitation: str | None = invitation
        self.invited_until = until
        self.password: str | None = None
        self.issuers: set[str] = set()
        self.secure_since: datetime | None = None
        self.erasure: Erasure | None = None

    @event(InvitationRenewed)
    def _invitation_renewed(self, invitation: str, until: datetime) -> None:
        self.invitation, self.invited_until = invitation, until

    @event(Activated)
    def _activated(self, password: str | None, timestamp: datetime) -> None:
        self.state, self.invitation = State.ACTIVE, None
        self.password, self.secure_since = password, timestamp

    @event(PasswordChanged)
    def _password_changed(self, password: str, timestamp: datetime) -> None:
        self.password, self.secure_since = password, timestamp

    @event(PasswordRehashed)
    def _password_rehashed(self, password: str) -> None:
        self.password = password

    @event(Linked)
    def _linked(self, issuer: str, login: UUID) -> None:
        self.issuers.add(issuer)
        self.logins.append(login)

    @event(Closed)
    def _closed(self) -> None:
        self.state, self.invitation, self.password = State.CLOSED, None, None

    @event(Erased)
    def _erased(self, timestamp: datetime, actor: str, fingerprint: str) -> None:
        self.state, self.invitation, self.password = State.CLOSED, None, None
        self.person = NOBODY
        self.erasure = Erasure(timestamp, actor, fingerprint)

    @property
    def holder(self) -> Actor:
        """What this account acts for, whoever signs in."""
        return Actor(self.role, self.subject, self.network_id)

    @property
    def actor(self) -> Actor:
        """The person as a caller."""
        return replace(self.holder, account=self.id, position=self.position)

    @classmethod
    def invite(
        cls, id_: UUID, stamp: Stamp, holder: Actor, position: Position, person: Person, *, login: UUID, token: str
    ) -> Self:
        """Invite a person to act for this holder; raise `InvalidRequest` for a position that it does not have."""
        if position not in positions(holder.role):
            detail = f"A {holder.role} has {' or '.join(positions(holder.role))}."
            raise InvalidRequest(detail, faults=[Fault("/position", detail)])
        return cls._create(
            cls.Invited,
            id=id_,
            role=holder.role.value,
            subject=holder.subject,
            position=position.value,
            person=person,
            login=login,
            invitation=token_digest(token),
            until=stamp.at + INVITATION_LASTS,
            **{**stamp.fields(), "network_id": holder.network},
        )

    def renew_invitation(self, stamp: Stamp, token: str) -> None:
        """Invite again: who has lost the password sets a new one."""
        self._check_open()
        said = {"invitation": token_digest(token), "until": stamp.at + INVITATION_LASTS}
        self.trigger_event(self.InvitationRenewed, **self._stamped(stamp), **said)

    def invited(self, token: str, at: datetime) -> bool:
        """Tell whether this token opens its invitation now."""
        given = token_digest(token)
        return self.invitation is not None and hmac.compare_digest(self.invitation, given) and at < self.invited_until

    def activate(self, stamp: Stamp, password: str | None) -> None:
        """Take up the invitation, which is used by it."""
        self._check_open()
        if self.invitation is None or stamp.at >= self.invited_until:
            raise StateConflict("The invitation is used, or was for 14 days that have passed; ask for a new one.")
        self.trigger_event(self.Activated, **self._stamped(stamp), password=password)

    def change_password(self, stamp: Stamp, password: str) -> None:
        """Have another password from now on."""
        self._check_active()
        self.trigger_event(self.PasswordChanged, **self._stamped(stamp), password=password)

    def rehash_password(self, stamp: Stamp, password: str) -> None:
        """Keep the same password by a stronger hash."""
        self._check_active()
        self.trigger_event(self.PasswordRehashed, **self._stamped(stamp), password=password)

    def link(self, stamp: Stamp, issuer: str, login: UUID) -> None:
        """Sign in at an issuer from now on; raise `AddressTaken` for a second identity at the same one.

        An issuer may give an e-mail address to somebody else one day; that must not open this account.
        """
        self._check_active()
        if issuer in self.issuers:
            raise AddressTaken("This account belongs to another identity at this issuer.")
        self.trigger_event(self.Linked, **self._stamped(stamp), issuer=issuer, login=login)

    def close(self, stamp: Stamp) -> None:
        """Close it for good."""
        self._check_open()
        self.trigger_event(self.Closed, **self._stamped(stamp))

    def erase(self, stamp: Stamp, fingerprint: str) -> None:
        """Certify that the key of this fingerprint, which encrypts the person's data, is destroyed."""
        self.trigger_event(self.Erased, **self._stamped(stamp), fingerprint=fingerprint)

    def certificate(self) -> Erasure:
        """Return what is certified of its erasure; raise `StateConflict` when there was none."""
        if self.erasure is None:
            raise StateConflict("The personal data of this account are not erased.")
        return self.erasure

    def holds(self, began: datetime) -> bool:
        """Tell whether a session that began then is still one of this account."""
        return self.state is State.ACTIVE and self.secure_since is not None and began >= self.secure_since

    def _check_open(self) -> None:
        if self.state is State.CLOSED:
            raise StateConflict("This account is closed; invite the person again.")

    def _check_active(self) -> None:
        if self.state is not State.ACTIVE:
            raise StateConflict("This account is not in use.")

    def _stamped(self, stamp: Stamp) -> dict[str, Any]:
        return {**stamp.fields(), "network_id": self.network_id}


def positions(role: Role) -> tuple[Position, ...]:
    """Return what a person may be there; the first is what it is when nothing is said."""
    return (Position.CLERK, Position.OWNER) if role is Role.FIRM else (Position.MEMBER,)


def new_token(account: UUID) -> str:
    """Return a fresh token of an invitation: whose it is, and 256 random bits."""
    return urlsafe_b64encode(account.bytes + secrets.token_bytes(SECRET_BYTES)).decode()


def account_of(token: str) -> UUID:
    """Return whose invitation a token may be; raise `NotFound` when it is none at all."""
    if not TOKEN.fullmatch(token):
        raise NotFound("There is no such invitation.")
    return UUID(bytes=urlsafe_b64decode(token)[:ID_BYTES])


def token_digest(token: str) -> str:
    """Return what the log holds of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
