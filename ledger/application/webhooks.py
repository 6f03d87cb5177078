"""Commands on webhooks."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from ledger.application.access import decides_for_firm, may_administer
from ledger.domain.web_address import read_address
from ledger.domain.webhook import Webhook, new_secret

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def register(ledger: Ledger, actor: Actor, *, url: str, types: Sequence[str], local: bool) -> tuple[str, Receipt]:
    """Tell the caller of its events at an address; return the secret that they are signed with, shown this once."""
    decides_for_firm(actor)
    read_address(url, local=local)
    secret = new_secret()
    webhook = Webhook.register(uuid4(), ledger.stamp(actor), actor, url=url, types=types, secret=secret)
    return secret, ledger.record(webhook)


def remove(ledger: Ledger, actor: Actor, webhook: UUID) -> Receipt:
    """Send nothing more; for its holder and the operator."""
    aggregate = own(ledger, actor, webhook)
    aggregate.remove(ledger.stamp(actor))
    return ledger.record(aggregate)


def own(ledger: Ledger, actor: Actor, webhook: UUID) -> Webhook:
    """Return a webhook of the caller's; raise `NotFound` where there is none, or it is somebody else's."""
    aggregate = ledger.load(Webhook, webhook)
    may_administer(actor, aggregate)
    return aggregate
