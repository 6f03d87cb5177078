"""Commands on consents."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from ledger.application.access import acting_firm, concerned, decides_for_firm, require
from ledger.domain.actor import Role
from ledger.domain.bank import Bank
from ledger.domain.consent import Consent
from ledger.domain.errors import Fault, InvalidConsent, NotFound
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from datetime import date

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def consent_id(network: UUID, firm: UUID, bank: UUID, purpose: str) -> UUID:
    """Return the id of the one consent of a firm for a bank and a purpose: a referral finds it without a query."""
    return identify("consent", f"{firm}:{bank}:{' '.join(purpose.casefold().split())}", network)


def grant(ledger: Ledger, actor: Actor, *, bank: UUID, purpose: str, until: date) -> Receipt:
    """Let a bank look for a purpose until a day; given again, it moves the end. Only the firm may, by its owner."""
    require(actor, Role.FIRM)
    decides_for_firm(actor)
    firm = acting_firm(ledger, actor, None)
    network = ledger.network_of(firm)
    if network is None:
        raise NotFound("There is no such firm.")
    id_ = consent_id(network, firm, bank, purpose)
    stamp = ledger.stamp(actor)
    try:
        consent = ledger.load(Consent, id_)
        consent.renew(stamp, until)
    except NotFound:
        _check_bank(ledger, bank)
        consent = Consent.grant(id_, stamp, firm=firm, bank=bank, purpose=purpose, until=until)
    return ledger.record(consent)


def withdraw(ledger: Ledger, actor: Actor, consent: UUID) -> Receipt:
    """Take a consent back; only the firm that gave it may, by its owner."""
    aggregate = ledger.load(Consent, consent)
    concerned(actor, aggregate)
    require(actor, Role.FIRM)
    decides_for_firm(actor)
    aggregate.withdraw(ledger.stamp(actor))
    return ledger.record(aggregate)


def _check_bank(ledger: Ledger, bank: UUID) -> None:
    try:
        ledger.load(Bank, bank)
    except NotFound as error:
        raise InvalidConsent("There is no such bank.", faults=[Fault("/bank", "There is no such bank.")]) from error
