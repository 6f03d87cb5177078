"""Commands on keys."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.application import holders
from ledger.application.access import may_hold, may_name_client, may_revoke, passes_on
from ledger.domain.actor import OPERATOR, Actor, Role, Scope
from ledger.domain.errors import NotFound, StateConflict, VersionConflict
from ledger.domain.key import Client, Key, key_id, name_of, new_secret

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime
    from uuid import UUID

    from ledger.application.ledger import Ledger, Receipt


def issue(
    ledger: Ledger,
    actor: Actor,
    role: Role,
    subject: UUID | None,
    *,
    label: str | None = None,
    expires_at: datetime | None = None,
    scopes: Collection[Scope] | None = None,
) -> tuple[str, Receipt]:
    """Issue a key to the holder that `role` and `subject` name; return its secret, which is shown this once."""
    holder = _holder(ledger, actor, role, subject, scopes)
    secret = new_secret()
    key = Key.issue(secret, ledger.stamp(actor), holder, label=label, expires_at=expires_at, scopes=scopes)
    return secret, ledger.record(key)


def issue_to_client(
    ledger: Ledger,
    actor: Actor,
    role: Role,
    subject: UUID | None,
    client: Client,
    *,
    label: str | None = None,
    expires_at: datetime | None = None,
    scopes: Collection[Scope] | None = None,
) -> Receipt:
    """Let a program act for this holder by the access tokens of its issuer; one program has one key, for good."""
    may_name_client(actor)
    holder, stamp = _holder(ledger, actor, role, subject, scopes), ledger.stamp(actor)
    key = Key.issue(name_of(client), stamp, holder, label=label, expires_at=expires_at, scopes=scopes, client=client)
    try:
        return ledger.record(key)
    except VersionConflict as error:
        raise StateConflict("This client has a key here, or had one; a client that was shut out stays out.") from error


def issue_first(ledger: Ledger, label: str) -> str:
    """Issue an operator's key from the command line, where nobody can present one yet."""
    return issue(ledger, OPERATOR, Role.OPERATOR, None, label=label)[0]


def rotate(
    ledger: Ledger,
    actor: Actor,
    key: UUID,
    *,
    grace: timedelta = timedelta(0),
    expires_at: datetime | None = None,
) -> tuple[str, Receipt]:
    """Put a new key in the place of one that opens, for the same holder and no wider; return its secret, once."""
    old, secret, stamp = ledger.load(Key, key), new_secret(), ledger.stamp(actor)
    may_revoke(actor, old)
    passes_on(actor, old.scopes)
    expires_at = expires_at or old.expires_at
    old.replace(stamp, key_id(secret), stamp.at + grace)
    new = Key.issue(secret, stamp, old.holder, label=None, expires_at=expires_at, scopes=old.scopes)
    return secret, ledger.record(new, old)


def revoke(ledger: Ledger, actor: Actor, key: UUID) -> Receipt:
    """Close a key for good."""
    aggregate = ledger.load(Key, key)
    may_revoke(actor, aggregate)
    aggregate.revoke(ledger.stamp(actor))
    return ledger.record(aggregate)


def holder_of(ledger: Ledger, key: UUID) -> Actor | None:
    """Return who holds this key, narrowed as the key is; None when it opens nothing (any more)."""
    try:
        aggregate = ledger.recall(Key, key)
    except NotFound:
        return None
    opens = aggregate.opens(ledger.clock()) and holders.in_office(ledger, aggregate.holder)
    return aggregate.actor if opens else None


def _holder(ledger: Ledger, actor: Actor, role: Role, subject: UUID | None, scopes: Collection[Scope] | None) -> Actor:
    holder = holders.named(ledger, role, subject)
    may_hold(actor, holder)
    passes_on(actor, scopes)
    holders.check_known(ledger, holder)
    return holder
