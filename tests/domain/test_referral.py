"""Referrals: issued under a consent in force, true for one position, valid for 90 days."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from ledger.domain.actor import Actor, Role
from ledger.domain.consent import Consent
from ledger.domain.errors import ConsentMissing, StateConflict
from ledger.domain.event import Stamp, stamp
from ledger.domain.loan import read_loan
from ledger.domain.referral import Referral
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, happened, last, now, refused

LENT = read_loan(granted=True, amount_band="50k_250k", currency="EUR")


def consent() -> Consent:
    """Alpha has let the bank look until the end of the year."""
    return Consent.grant(UUID(int=500), now(), firm=ALPHA, bank=BANK, purpose="loan", until=date(2026, 12, 31))


def asked(at: datetime = NOON) -> Stamp:
    """Return the stamp of the bank."""
    return stamp(Actor(Role.BANK, BANK), at)


def issued() -> Referral:
    """The bank has asked for Alpha's referral."""
    return Referral.issue(UUID(int=600), asked(), consent(), 48211, "d")


def test_a_referral_says_what_it_is_true_for() -> None:
    """Firm, bank and purpose are the consent's; the position is the log's when it was asked for."""
    referral = issued()
    assert happened(referral) == ["Issued"]
    event = last(referral)
    assert (event.firm, event.bank, event.purpose, event.consent) == (ALPHA, BANK, "loan", UUID(int=500))
    assert (event.position, event.valid_until, event.digest) == (48211, date(2027, 2, 8), "d")


def test_it_belongs_to_the_firms_network() -> None:
    """A bank has no network; the referral stands in the one that the consent was given in."""
    assert last(issued()).network_id == NETWORK


def test_without_a_consent_in_force_there_is_none() -> None:
    """An ended or withdrawn consent gives no referral."""
    with refused(ConsentMissing):
        Referral.issue(UUID(int=600), asked(datetime(2027, 1, 1, tzinfo=UTC)), consent(), 1)
    withdrawn = consent()
    withdrawn.withdraw(now())
    with refused(ConsentMissing, withdrawn):
        Referral.issue(UUID(int=600), asked(), withdrawn, 1)


def test_it_is_valid_through_its_last_day() -> None:
    """After 90 days a bank asks anew."""
    referral = issued()
    assert referral.in_force(datetime(2027, 2, 8, 23, 59, tzinfo=UTC))
    assert not referral.in_force(datetime(2027, 2, 9, tzinfo=UTC))


def test_revoking_makes_it_void_once() -> None:
    """Revoked is revoked; again is refused."""
    referral = issued()
    referral.revoke(now(NOON + timedelta(days=1)))
    assert not referral.in_force(NOON)
    assert (last(referral).firm, last(referral).bank, last(referral).network_id) == (ALPHA, BANK, NETWORK)
    with refused(StateConflict, referral):
        referral.revoke(now())


def test_the_bank_says_what_became_of_the_loan() -> None:
    """Also of a revoked referral; the same again records nothing, another word corrects the first."""
    referral = issued()
    referral.revoke(now())
    referral.report_outcome(asked(), LENT)
    referral.report_outcome(asked(), LENT)
    assert happened(referral) == ["Issued", "Revoked", "OutcomeReported"]
    assert (last(referral).firm, last(referral).bank, last(referral).network_id) == (ALPHA, BANK, NETWORK)
    referral.report_outcome(asked(), read_loan(granted=False))
    assert referral.loan == {"granted": False, "amount_band": None, "currency": None}
