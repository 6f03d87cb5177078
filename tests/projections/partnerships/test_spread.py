"""How work spreads over partners, on every basis."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest

from ledger.domain.money import Money
from ledger.projections.partnerships.concentration import Tie
from ledger.projections.partnerships.spread import spread

ONE, TWO, THREE = (UUID(int=number) for number in (1, 2, 3))


def tie(partner: UUID, amount: str | None = None, currency: str = "EUR") -> Tie:
    """A job with this partner."""
    return Tie(partner, Money(Decimal(amount), currency) if amount else None)


def test_currencies_stand_apart() -> None:
    """Each with its own volume, shares and border; all jobs together are counted, never added up."""
    work = [tie(ONE, "300.00"), tie(TWO, "100.00"), tie(TWO, "7000.00", "DKK"), tie(THREE)]
    told = spread(work, abroad={TWO})
    assert told["jobs"] == {
        "jobs": 4,
        "counterparties": 3,
        "hhi": 0.375,
        "largest_share": 0.5,
        "cross_border_share": 0.5,
    }
    kroner, euros = told["currencies"]
    assert euros == {
        "jobs": 2,
        "volume": {"amount": "400.00", "currency": "EUR"},
        "counterparties": 2,
        "hhi": 0.625,
        "largest_share": 0.75,
        "cross_border_share": 0.25,
    }
    assert (kroner["volume"]["currency"], kroner["hhi"], kroner["cross_border_share"]) == ("DKK", 1, 1)


def test_work_without_value_has_jobs_only() -> None:
    """Also where the value is nothing."""
    told = spread([tie(ONE), tie(TWO, "0.00")], abroad=())
    assert told["currencies"] == []
    assert told["jobs"]["largest_share"] == pytest.approx(0.5)


def test_no_work_spreads_over_nobody() -> None:
    """Nothing is made up."""
    nothing = {"jobs": 0, "counterparties": 0, "hhi": None, "largest_share": None, "cross_border_share": None}
    assert spread([], abroad=()) == {"jobs": nothing, "currencies": []}
