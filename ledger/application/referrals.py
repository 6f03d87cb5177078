"""Commands on referrals, and on the looks that banks take."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

from ledger.application.access import concerned, require
from ledger.application.consents import consent_id
from ledger.application.ledger import digest
from ledger.domain.access import Access
from ledger.domain.actor import Role
from ledger.domain.consent import Consent
from ledger.domain.errors import ConsentMissing, NotFound
from ledger.domain.ids import identify
from ledger.domain.loan import read_loan
from ledger.domain.referral import Referral

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.application.ledger import Ledger, Receipt
    from ledger.domain.actor import Actor


def issue(ledger: Ledger, actor: Actor, key: str, *, firm: UUID, purpose: str) -> Receipt:
    """Issue a firm's referral to the calling bank, under its consent for this purpose.

    Raises `ConsentMissing` alike for a firm that gave no consent and for one that does not exist.
    """
    require(actor, Role.BANK)
    consent = _consent(ledger, actor, firm, purpose)
    referral = Referral.issue(
        identify("referral", f"{actor.on_behalf}:{key}"),
        ledger.stamp(actor),
        consent,
        ledger.head(),
        digest(firm=firm, purpose=purpose),
    )
    return ledger.create(referral)


def revoke(ledger: Ledger, actor: Actor, referral: UUID) -> Receipt:
    """Declare a referral void; for the firm it is about and its coordinator."""
    aggregate = ledger.load(Referral, referral)
    concerned(actor, aggregate)
    require(actor, Role.FIRM, Role.COORDINATOR)
    aggregate.revoke(ledger.stamp(actor))
    return ledger.record(aggregate)


def report_outcome(
    ledger: Ledger,
    actor: Actor,
    referral: UUID,
    *,
    granted: bool,
    amount_band: str | None = None,
    currency: str | None = None,
) -> Receipt:
    """Say what became of the loan; for the bank that holds the referral, also after the consent has ended."""
    aggregate = ledger.load(Referral, referral)
    concerned(actor, aggregate)
    require(actor, Role.BANK)
    loan = read_loan(granted=granted, amount_band=amount_band, currency=currency)
    aggregate.report_outcome(ledger.stamp(actor), loan)
    return ledger.record(aggregate)


def note_accesses(ledger: Ledger, actor: Actor, purposes: Mapping[UUID, str], *, what: str) -> None:
    """Record that the calling bank looked at these firms, at each for its purpose: all of them, or none."""
    looks = [_look(ledger, actor, firm, what, purpose) for firm, purpose in purposes.items()]
    if looks:
        ledger.record(*looks)


def _look(ledger: Ledger, actor: Actor, firm: UUID, what: str, purpose: str) -> Access:
    stamp = ledger.stamp(actor, network=ledger.network_of(firm))
    return Access.make(uuid4(), stamp, firm=firm, bank=_bank(actor), what=what, purpose=purpose)


def _consent(ledger: Ledger, actor: Actor, firm: UUID, purpose: str) -> Consent:
    network = ledger.network_of(firm)
    try:
        if network is None:
            raise NotFound("There is no such firm.")
        return ledger.load(Consent, consent_id(network, firm, _bank(actor), purpose))
    except NotFound as error:
        raise ConsentMissing("No consent of such a firm for this purpose is in force for this bank.") from error


def _bank(actor: Actor) -> UUID:
    require(actor, Role.BANK)
    if actor.subject is None:
        raise NotFound("There is no such bank.")
    return actor.subject
