"""What a report weighs: exact integers that follow the formula and never depend on today."""

from __future__ import annotations

import math
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.money import Money
from ledger.projections.trust.strength import ONE, ORIGIN, job_weight, reference_weight, strength, worth

RATES = {"EUR": 1.0, "DKK": 7.46, "BGN": 1.95583}
SMALLEST = 0.05 / 0.58
LARGEST = 1 / 0.58

days = st.dates(date(1990, 1, 1), date(2060, 12, 31))
cents = st.one_of(st.integers(0, 10**8), st.integers(10**8, 10**12))
amounts = cents.map(lambda number: Decimal(number) / 100)


def by_the_formula(amount: Decimal, currency: str, *, backed: bool) -> float:
    """The weight as the method's definition has it, in plain floating point."""
    euro = float(amount) / RATES[currency]
    raw = min(max(math.log10(max(euro, 1) / 100) / 4, 0.05), 1)
    return min(1, raw * (1.35 if backed else 1)) / 0.58


@given(amounts, st.sampled_from(sorted(RATES)), st.booleans(), days, days)
def test_it_follows_the_formula(amount: Decimal, currency: str, backed: bool, on: date, today: date) -> None:
    """A report is worth u · 2^(-age/1460) typical jobs, whatever the value, currency and dates."""
    stands = strength(job_weight(Money(amount, currency), backed=backed), on)
    aged = 2 ** (-(today - on).days / 1460)
    expected = by_the_formula(amount, currency, backed=backed) * aged
    # The logarithm is rounded to a step of its table, which is the same for small and large jobs.
    assert abs(stands * worth(today) - expected) <= 1e-4 * LARGEST * aged


@given(amounts, amounts, st.booleans())
def test_a_larger_job_never_weighs_less(one: Decimal, other: Decimal, backed: bool) -> None:
    """Weights rise with the value, between those of the smallest and of the largest job."""
    less, more = (job_weight(Money(amount, "EUR"), backed=backed) for amount in sorted((one, other)))
    assert less <= more
    assert less >= SMALLEST * ONE - 1
    assert more <= LARGEST * ONE


@given(amounts, st.sampled_from(sorted(RATES)))
def test_a_document_never_takes_weight_away(amount: Decimal, currency: str) -> None:
    """What is backed weighs 1.35 times as much, and no more than the largest job."""
    value = Money(amount, currency)
    bare, backed = (job_weight(value, backed=backed) for backed in (False, True))
    assert backed == pytest.approx(min(bare * 1.35, LARGEST * ONE), abs=2)


@given(days)
def test_work_of_today_is_worth_what_it_weighs(on: date) -> None:
    """A typical job of a day counts 1 on that day, but for less than a unit that is rounded away."""
    assert 1 - worth(on) <= worth(on) * strength(ONE, on) <= 1 + 1e-15
    assert worth(on) < 1e-9 or on < ORIGIN


@given(st.integers(0, 2 * ONE), days, days)
def test_later_work_weighs_more(weight: int, one: date, other: date) -> None:
    """Instead of earlier days fading, later days weigh more: what is stored never changes."""
    earlier, later = sorted((one, other))
    assert strength(weight, earlier) <= strength(weight, later)


@given(st.integers(0, 2 * ONE), st.dates(date(2000, 1, 1), date(2060, 12, 31)))
def test_four_years_double_a_weight(weight: int, on: date) -> None:
    """A half-life is 1460 days, to the bit from the origin on but for the last one rounded away."""
    assert strength(weight, on + timedelta(1460)) - 2 * strength(weight, on) in (0, 1)


def test_the_unit_is_a_typical_job_of_the_origin() -> None:
    """On the first day of 2000 a weight is its own strength; before, it is smaller."""
    assert strength(ONE, ORIGIN) == ONE
    assert strength(ONE, ORIGIN - timedelta(1460)) == ONE // 2


@pytest.mark.parametrize(
    ("amount", "currency", "backed", "raw"),
    [
        ("1000000.00", "EUR", False, 1.0),
        ("1000000.00", "EUR", True, 1.0),
        ("10000.00", "EUR", False, 0.5),
        ("10000.00", "EUR", True, 0.675),
        ("74600.00", "DKK", False, 0.5),
        ("19558.30", "BGN", False, 0.5),
        ("100.00", "EUR", False, 0.05),
        ("0.00", "EUR", False, 0.05),
        ("10000.00", "SEK", False, 0.05),
    ],
)
def test_a_jobs_weight_follows_its_value(amount: str, currency: str, backed: bool, raw: float) -> None:
    """Weights grow with the logarithm of the value; a currency without a fixed rate counts as the smallest job."""
    weight = job_weight(Money(Decimal(amount), currency), backed=backed)
    assert weight == pytest.approx(raw / 0.58 * ONE, abs=1)


def test_jobs_without_a_value_weigh_least() -> None:
    """A visit weighs as the smallest job, a credit reference as a typical one with a document."""
    assert job_weight(None, backed=False) == int(Decimal("0.05") / Decimal("0.58") * ONE)
    assert reference_weight() == int(Decimal("1.35") * ONE)
