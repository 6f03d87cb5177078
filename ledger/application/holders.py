"""Whom a key or an account is for: named by a role and a subject, and known to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.bank import Bank
from ledger.domain.errors import Fault, InvalidRequest, NotFound
from ledger.domain.firm import Firm
from ledger.domain.network import Network

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.application.ledger import Ledger


def named(ledger: Ledger, role: Role, subject: UUID | None) -> Actor:
    """Return the holder that role and subject name; raise `InvalidRequest` when they do not fit together."""
    if (subject is None) != (role is Role.OPERATOR):
        raise _unknown("An operator has no subject; everybody else names its firm, bank or network.")
    if role is Role.OPERATOR or subject is None:
        return OPERATOR
    networks = {Role.FIRM: ledger.network_of(subject), Role.COORDINATOR: subject}
    return Actor(role, subject, networks.get(role))


def check_known(ledger: Ledger, holder: Actor) -> None:
    """Raise `InvalidRequest` unless the holder exists; ask this for those alone who may learn of it."""
    nouns: dict[Role, type[Bank | Network | Firm]] = {
        Role.BANK: Bank,
        Role.COORDINATOR: Network,
        Role.FIRM: Firm,
    }
    if holder.subject is None:
        return
    try:
        ledger.load(nouns[holder.role], holder.subject)
    except NotFound as error:
        raise _unknown(error.detail) from error


def _unknown(detail: str) -> InvalidRequest:
    return InvalidRequest(detail, faults=[Fault("/subject", detail)])
