"""Who may do what: every rule has a name here. What is true is the aggregates' business, not this file's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.domain.actor import Position, Role
from ledger.domain.errors import Fault, InvalidParties, InvalidRequest, NotFound, NotPermitted, ScopeMissing

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from uuid import UUID

    from ledger.application.ledger import Ledger
    from ledger.domain.account import Account
    from ledger.domain.actor import Actor, Scope
    from ledger.domain.collaboration import Collaboration
    from ledger.domain.consent import Consent
    from ledger.domain.key import Key
    from ledger.domain.kinds.kind import Party
    from ledger.domain.offer import Offer
    from ledger.domain.referral import Referral
    from ledger.domain.webhook import Webhook


def require(actor: Actor, *roles: Role) -> None:
    """Raise `NotPermitted` unless the caller has one of these roles."""
    if actor.role not in roles:
        raise NotPermitted(f"This is for {' or '.join(roles)}; this key is of a {actor.role}.")


def in_scope(actor: Actor, needed: Collection[Scope]) -> None:
    """Raise `ScopeMissing` when the caller's key is narrowed to something else."""
    if actor.scopes is not None and not actor.scopes.issuperset(needed):
        raise ScopeMissing(
            f"This needs the scope {' and '.join(needed)}; this key has {', '.join(sorted(actor.scopes))}."
        )


def passes_on(actor: Actor, scopes: Collection[Scope] | None) -> None:
    """Raise `ScopeMissing` where a narrowed key would give away more than it has; None is everything."""
    if actor.scopes is not None and (scopes is None or not actor.scopes.issuperset(scopes)):
        raise ScopeMissing(f"A narrowed key gives no more than it has: {', '.join(sorted(actor.scopes))}.")


def acting_firm(ledger: Ledger, actor: Actor, firm: UUID | None, pointer: str = "/firm") -> UUID:
    """Return the firm that is acted for: a firm acts for itself, a coordinator for any firm of its network."""
    require(actor, Role.FIRM, Role.COORDINATOR)
    if actor.role is Role.FIRM:
        if actor.subject is None or firm not in (None, actor.subject):
            raise NotPermitted("A firm acts for itself; another firm needs its own key.")
        return actor.subject
    if firm is None:
        detail = "A coordinator says for which firm it acts."
        raise InvalidRequest(detail, faults=[Fault(pointer, detail)])
    if ledger.network_of(firm) != actor.network:
        raise InvalidRequest("No such firm in this network.", faults=[Fault(pointer, "No such firm in this network.")])
    return firm


def decides_for_firm(actor: Actor) -> None:
    """Raise `NotPermitted` where a person acts for a firm without being its owner; a firm's API key counts as owner."""
    if actor.role is Role.FIRM and actor.account is not None and actor.position is not Position.OWNER:
        raise NotPermitted("This is for an owner of the firm.")


def sees_network(actor: Actor, network: UUID, noun: str) -> None:
    """Raise `NotFound` unless the caller belongs to this network; it reads as if there were no such `noun`."""
    if actor.network != network:
        raise NotFound(f"There is no such {noun}.")


def may_close_epochs(actor: Actor, network: UUID) -> None:
    """Raise `NotPermitted` or `NotFound` unless the caller is an operator or coordinates this network."""
    require(actor, Role.OPERATOR, Role.COORDINATOR)
    if actor.role is Role.COORDINATOR:
        sees_network(actor, network, "network")


def may_erase(actor: Actor, network: UUID) -> None:
    """Raise `NotFound` unless the caller, who is an operator or a coordinator, administers this network."""
    if actor.role is not Role.OPERATOR:
        sees_network(actor, network, "firm")


def may_have_personal_data(actor: Actor, firm: UUID, network: UUID) -> None:
    """Raise `NotFound` unless the caller is the firm itself, its coordinator or an operator."""
    if actor.role is Role.FIRM and actor.subject != firm:
        raise NotFound("There is no such firm.")
    may_erase(actor, network)


def sees_collaboration(actor: Actor, collaboration: Collaboration) -> None:
    """Raise `NotFound` unless the caller is a party or the coordinator of the network."""
    sees_network(actor, collaboration.network_id, "collaboration")
    if actor.role is Role.FIRM and actor.subject not in collaboration.firms:
        raise NotFound("There is no such collaboration.")


def concerned(actor: Actor, between: Consent | Referral) -> None:
    """Raise `NotFound` unless the caller is the firm, the bank, the coordinator or the operator."""
    network = actor.network if actor.role is Role.COORDINATOR else None
    parts = (between.firm, between.bank)
    if not (actor.role is Role.OPERATOR or actor.subject in parts or network == between.network_id):
        raise NotFound(f"There is no such {type(between).__name__.lower()}.")


def all_members(ledger: Ledger, actor: Actor, parties: Sequence[Party]) -> None:
    """Raise `InvalidParties` unless every party is a firm of the caller's network."""
    faults = [
        Fault(f"/parties/{n}/firm", "There is no such firm in this network.")
        for n, party in enumerate(parties)
        if ledger.network_of(party["firm"]) != actor.network
    ]
    if faults:
        raise InvalidParties(faults[0].detail, faults=faults)


def may_hold(actor: Actor, holder: Actor) -> None:
    """Raise `NotPermitted` unless the caller may issue a key to this holder, or invite a person to act for it.

    An operator to anybody, a coordinator to its office and its firms, a firm or a bank to itself.
    """
    decides_for_firm(actor)
    if actor.role is Role.OPERATOR or holder == actor:
        return
    require(actor, Role.COORDINATOR)
    if holder.role is not Role.FIRM or holder.network != actor.network:
        raise NotPermitted("A coordinator does this for its own office and for the firms of its network.")


def may_name_client(actor: Actor) -> None:
    """Raise `NotPermitted` unless the caller is an operator or a coordinator.

    A firm that named another's program would be told all that the program sends.
    """
    require(actor, Role.OPERATOR, Role.COORDINATOR)


def may_revoke(actor: Actor, held: Key | Account) -> None:
    """Raise `NotFound` unless it is of the caller, or of the caller's network, or the caller is an operator."""
    of_its_network = actor.role is Role.COORDINATOR and held.network_id == actor.network
    if not (actor.role is Role.OPERATOR or held.holder == actor or of_its_network):
        raise NotFound(f"There is no such {type(held).__name__.lower()}.")
    decides_for_firm(actor)


def may_withdraw(actor: Actor, offer: Offer) -> None:
    """Raise `NotFound` or `NotPermitted` unless the caller is the firm that offered, or coordinates its network."""
    require(actor, Role.FIRM, Role.COORDINATOR)
    sees_network(actor, offer.network_id, "offer")
    if actor.role is Role.FIRM and actor.subject != offer.firm:
        raise NotPermitted("Only the firm that offered it takes it back, or the coordinator.")


def may_administer(actor: Actor, webhook: Webhook) -> None:
    """Raise `NotFound` unless the webhook is the caller's own, or the caller an operator."""
    if not (actor.role is Role.OPERATOR or webhook.holder == actor):
        raise NotFound("There is no such webhook.")
    decides_for_firm(actor)
