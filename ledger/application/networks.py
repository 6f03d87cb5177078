"""Commands on networks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.application.access import require
from ledger.application.ledger import digest
from ledger.domain.actor import Role
from ledger.domain.ids import identify
from ledger.domain.network import Network

if TYPE_CHECKING:
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
