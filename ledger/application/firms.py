"""Commands on firms."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ledger.application.access import decides_for_firm, require, sees_network
from ledger.application.ledger import check_version, digest
from ledger.domain.actor import Role
from ledger.domain.errors import NotFound, NotPermitted
from ledger.domain.event import check_past
from ledger.domain.firm import Firm, ToBanks
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from uuid import UUID

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor
    from ledger.domain.firm import Profile


OWN_WORDS = {"town", "nace", "capabilities"}  # no register speaks of these; a referral shows the others as verified


def admit(ledger: Ledger, actor: Actor, key: str, profile: Profile) -> Receipt:
    """Admit a firm to the coordinator's network."""
    require(actor, Role.COORDINATOR)
    return ledger.create(Firm.admit(id_of(actor, key), ledger.stamp(actor), profile, digest(profile=profile)))


def id_of(actor: Actor, key: str) -> UUID:
    """Return the id of the firm that this admission makes, or has made when it is sent once more."""
    return identify("firm", f"{actor.on_behalf}:{key}", actor.network)


def update(
    ledger: Ledger, actor: Actor, firm: UUID, changes: Mapping[str, Any], expected: int | None = None
) -> Receipt:
    """Change some fields of a firm's profile; the firm itself changes `OWN_WORDS`, its coordinator all.

    Identifiers are merged by scheme: one that is given as None is removed.
    """
    aggregate = _load(ledger, actor, firm, expected)
    if actor.role is Role.FIRM and not changes.keys() <= OWN_WORDS:
        raise NotPermitted("What stands in a register is entered by the coordinator, who verifies it.")
    before = aggregate.profile()
    after = replace(before, **{**changes, "identifiers": {**before.identifiers, **changes.get("identifiers", {})}})
    aggregate.update(ledger.stamp(actor), after)
    return ledger.record(aggregate)


def verify(
    ledger: Ledger,
    actor: Actor,
    firm: UUID,
    *,
    register: str,
    extract: str,
    on: date,
    expected: int | None = None,
) -> Receipt:
    """State that a firm agrees with a register's extract of this day; for the coordinator."""
    require(actor, Role.COORDINATOR)
    aggregate = _load(ledger, actor, firm, expected)
    check_past(on, ledger.clock(), "/on")
    aggregate.verify(ledger.stamp(actor, happened_on=on), register, extract)
    return ledger.record(aggregate)


def show_to_banks(ledger: Ledger, actor: Actor, firm: UUID, to_banks: str, expected: int | None = None) -> Receipt:
    """Decide how banks see a firm in what belongs to its partners; only an owner of the firm may."""
    require(actor, Role.FIRM)
    decides_for_firm(actor)
    aggregate = _load(ledger, actor, firm, expected)
    aggregate.show_to_banks(ledger.stamp(actor), ToBanks(to_banks))
    return ledger.record(aggregate)


def report_headcount(
    ledger: Ledger,
    actor: Actor,
    firm: UUID,
    *,
    year: int,
    employees: int,
    apprentices: int,
    expected: int | None = None,
) -> Receipt:
    """Say how many people a firm employed in a year, or correct it; for the firm itself and its coordinator."""
    aggregate = _load(ledger, actor, firm, expected)
    aggregate.report_headcount(ledger.stamp(actor), year, employees=employees, apprentices=apprentices)
    return ledger.record(aggregate)


def _load(ledger: Ledger, actor: Actor, firm: UUID, expected: int | None) -> Firm:
    require(actor, Role.COORDINATOR, Role.FIRM)
    if actor.role is Role.FIRM and actor.subject != firm:
        raise NotFound("There is no such firm.")
    aggregate = ledger.load(Firm, firm)
    sees_network(actor, aggregate.network_id, "firm")
    check_version(aggregate, expected)
    return aggregate
