"""Commands on offers of capacity."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application.access import acting_firm, may_withdraw
from ledger.application.ledger import digest
from ledger.domain.ids import identify
from ledger.domain.offer import Offer

if TYPE_CHECKING:
    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def offer(ledger: Ledger, actor: Actor, key: str, *, firm: UUID | None = None, **said: Any) -> Receipt:
    """Say what capacity a firm has free or seeks; a coordinator says for which firm."""
    own = acting_firm(ledger, actor, firm)
    id_ = identify("offer", f"{actor.on_behalf}:{key}", actor.network)
    made = Offer.offer(id_, ledger.stamp(actor), firm=own, **said, digest=digest(firm=own, **said))
    return ledger.create(made)


def withdraw(ledger: Ledger, actor: Actor, offer: UUID) -> Receipt:
    """Take an offer back; for its firm and the coordinator."""
    aggregate = ledger.load(Offer, offer)
    may_withdraw(actor, aggregate)
    aggregate.withdraw(ledger.stamp(actor))
    return ledger.record(aggregate)
