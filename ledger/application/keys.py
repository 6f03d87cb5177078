"""Commands on API keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.application import holders
from ledger.application.access import may_hold, may_revoke
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.errors import NotFound
from ledger.domain.key import Key, key_id, new_secret, well_formed

if TYPE_CHECKING:
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
) -> tuple[str, Receipt]:
    """Issue a key to the holder that `role` and `subject` name; return its secret, which is shown this once."""
    holder = holders.named(ledger, role, subject)
    may_hold(actor, holder)
    holders.check_known(ledger, holder)
    secret = new_secret()
    key = Key.issue(secret, ledger.stamp(actor), holder, label=label, expires_at=expires_at)
    return secret, ledger.record(key)


def issue_first(ledger: Ledger, label: str) -> str:
    """Issue an operator's key from the command line, where nobody can present one yet."""
    return issue(ledger, OPERATOR, Role.OPERATOR, None, label=label)[0]


def revoke(ledger: Ledger, actor: Actor, key: UUID) -> Receipt:
    """Close a key for good."""
    aggregate = ledger.load(Key, key)
    may_revoke(actor, aggregate)
    aggregate.revoke(ledger.stamp(actor))
    return ledger.record(aggregate)


def holder_of(ledger: Ledger, secret: str) -> Actor | None:
    """Return who presents this secret, None when it opens nothing (any more)."""
    if not well_formed(secret):
        return None
    try:
        key = ledger.recall(Key, key_id(secret))
    except NotFound:
        return None
    return key.holder if key.opens(ledger.clock()) else None
