"""Consents: for one bank and one purpose, until a day, unless withdrawn before."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from ledger.domain.consent import LONGEST, Consent
from ledger.domain.errors import InvalidConsent, StateConflict
from tests.domain.given import ALPHA, BANK, NETWORK, NOON, happened, last, now, refused

TODAY = NOON.date()
UNTIL = date(2027, 3, 31)


def granted(until: date = UNTIL) -> Consent:
    """Alpha has let the bank look, for a loan."""
    return Consent.grant(UUID(int=500), now(), firm=ALPHA, bank=BANK, purpose=" loan ", until=until)


def test_a_consent_says_who_may_look_for_what_and_how_long() -> None:
    """The event holds firm, bank, purpose and last day."""
    consent = granted()
    assert happened(consent) == ["Granted"]
    event = last(consent)
    assert (event.firm, event.bank, event.purpose, event.until) == (ALPHA, BANK, "loan", UNTIL)
    assert consent.network_id == NETWORK


def test_it_is_in_force_through_its_last_day() -> None:
    """It ends by itself when its last day is over, by UTC."""
    consent = granted()
    assert consent.in_force(NOON)
    assert consent.in_force(datetime(2027, 3, 31, 23, 59, 59, tzinfo=UTC))
    assert not consent.in_force(datetime(2027, 4, 1, tzinfo=UTC))


def test_withdrawing_ends_it_at_once() -> None:
    """The bank may look no longer, whatever the last day was."""
    consent = granted()
    consent.withdraw(now())
    assert not consent.in_force(NOON)
    assert (last(consent).firm, last(consent).bank) == (ALPHA, BANK)


def test_it_is_withdrawn_once() -> None:
    """Withdrawing again is refused and records nothing."""
    consent = granted()
    consent.withdraw(now())
    with refused(StateConflict, consent):
        consent.withdraw(now())


@pytest.mark.parametrize("until", [TODAY, TODAY + LONGEST])
def test_the_first_and_the_last_day_it_can_end(until: date) -> None:
    """From today to five years ahead."""
    assert granted(until).until == until


@pytest.mark.parametrize("until", [TODAY - timedelta(days=1), TODAY + LONGEST + timedelta(days=1), date.max])
def test_other_ends_are_refused(until: date) -> None:
    """An end in the past or too far ahead is refused, when granting and when renewing."""
    with refused(InvalidConsent, pointer="/until"):
        granted(until)
    consent = granted()
    with refused(InvalidConsent, consent, "/until"):
        consent.renew(now(), until)


def test_renewing_moves_the_end() -> None:
    """The same consent runs on, longer or shorter."""
    consent = granted()
    consent.renew(now(), UNTIL + timedelta(days=30))
    consent.renew(now(), TODAY)
    assert happened(consent) == ["Granted", "Renewed", "Renewed"]
    assert not consent.in_force(NOON + timedelta(days=1))


def test_renewing_brings_back_what_was_withdrawn() -> None:
    """A firm may change its mind, and change it again."""
    consent = granted()
    consent.withdraw(now())
    consent.renew(now(), UNTIL)
    assert consent.in_force(NOON)
    consent.withdraw(now())
    assert not consent.in_force(NOON)


def test_renewing_with_the_same_end_records_nothing() -> None:
    """A consent that says so already is no new fact."""
    consent = granted()
    consent.renew(now(), UNTIL)
    assert happened(consent) == ["Granted"]
