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
    if role is Role.COORDINATOR:
        return Actor(role, _office_of(ledger, subject), subject)
    return Actor(role, subject, ledger.network_of(subject) if role is Role.FIRM else None)


def check_known(ledger: Ledger, holder: Actor) -> None:
    """Raise `InvalidRequest` unless the holder exists; ask this for those alone who may learn of it."""
    nouns: dict[Role, type[Bank | Network | Firm]] = {
        Role.BANK: Bank,
        Role.COORDINATOR: Network,
        Role.FIRM: Firm,
    }
    if holder.named_by is None:
        return
    try:
        ledger.load(nouns[holder.role], holder.named_by)
    except NotFound as error:
        raise _unknown(error.detail) from error


def in_office(ledger: Ledger, holder: Actor) -> bool:
    """Tell whether a holder may act at all: an office may until its network is handed over, everybody else always.

    The log itself is asked each time, so that a handing over counts at once in every process.
    """
    if holder.role is not Role.COORDINATOR:
        return True
    return holder.network is not None and _office_of(ledger, holder.network) == holder.subject


def _office_of(ledger: Ledger, network: UUID) -> UUID:
    """Return the id of the office that coordinates a network now; that of an unknown one is as good as any."""
    try:
        return ledger.recall(Network, network).office_id
    except NotFound:
        return network


def _unknown(detail: str) -> InvalidRequest:
    return InvalidRequest(detail, faults=[Fault("/subject", detail)])
