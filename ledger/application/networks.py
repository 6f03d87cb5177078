"""Commands on networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.application.access import require
from ledger.application.ledger import check_version, digest
from ledger.domain.actor import Role
from ledger.domain.ids import identify
from ledger.domain.network import Network

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def found(ledger: Ledger, actor: Actor, key: str, *, name: str, office: str | None = None) -> Receipt:
    """Set up a network; for the operator."""
    require(actor, Role.OPERATOR)
    return ledger.create(
        Network.found(
            identify("network", key),
            ledger.stamp(actor),
            name,
            office=office,
            digest=digest(name=name, office=office),
        )
    )


def hand_over(ledger: Ledger, actor: Actor, network: UUID, expected: int | None, *, office: str) -> Receipt:
    """Let another office coordinate a network; for the operator, who has an agreement with both.

    Keys, accounts, sessions and webhooks of the office before open nothing from here on (`holders.in_office`).
    """
    require(actor, Role.OPERATOR)
    aggregate = ledger.load(Network, network)
    check_version(aggregate, expected)
    aggregate.hand_over(ledger.stamp(actor), office)
    return ledger.record(aggregate)
