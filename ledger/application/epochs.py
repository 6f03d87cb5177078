"""Commands on epochs of the trust score."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.application.access import may_close_epochs
from ledger.application.ledger import digest
from ledger.domain.epoch import Epoch
from ledger.domain.ids import identify
from ledger.domain.network import Network

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def close(ledger: Ledger, actor: Actor, network: UUID, key: str) -> Receipt:
    """Close an epoch of a network, today; for the operator and the network's coordinator.

    Every caller has keys of its own: no office can use up those that the ledger itself closes with.
    """
    may_close_epochs(actor, network)
    ledger.load(Network, network)
    id_ = identify("epoch", f"{actor.on_behalf}:{key}", network)
    return ledger.create(Epoch.close(id_, ledger.stamp(actor), network, digest=digest(network=network)))
