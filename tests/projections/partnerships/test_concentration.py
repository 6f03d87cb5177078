"""Shares and concentration, for any work."""

from __future__ import annotations

from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.money import Money
from ledger.projections.partnerships.concentration import Tie, shares

PARTNERS = [UUID(int=n) for n in range(1, 5)]
euros = st.decimals(0, 1_000_000, places=2).map(lambda amount: Money(amount, "EUR"))
ties = st.lists(st.builds(Tie, st.sampled_from(PARTNERS), st.none() | euros), min_size=1, max_size=20)


def tie(partner: int, amount: str | None = None, currency: str = "EUR") -> Tie:
    """A job with the partner of this number."""
    return Tie(UUID(int=partner), Money(Decimal(amount), currency) if amount else None)


@given(ties)
def test_shares_add_up_to_one(ties: list[Tie]) -> None:
    """All partners' shares are the whole, and the index lies between equal parts and a single partner."""
    found = shares(ties)
    assert found.hhi is not None
    assert sum(found.of.values()) == pytest.approx(1)
    assert 1 / len(found.of) - 1e-9 <= found.hhi <= 1 + 1e-9
    assert found.largest == max(found.of.values())


def test_shares_by_volume() -> None:
    """Values in one currency are compared."""
    found = shares([tie(1, "300.00"), tie(2, "100.00")])
    assert (found.basis, found.of) == ("volume", {UUID(int=1): 0.75, UUID(int=2): 0.25})
    assert found.hhi == 0.625


@pytest.mark.parametrize(
    "ties",
    [
        [tie(1, "300.00"), tie(2, "100.00", "DKK")],
        [tie(1, "300.00"), tie(2)],
        [tie(1, "0.00"), tie(2, "0.00")],
    ],
)
def test_shares_by_jobs(ties: list[Tie]) -> None:
    """Where currencies differ, values are missing or all are zero, jobs are counted instead."""
    found = shares(ties)
    assert (found.basis, found.of) == ("jobs", {UUID(int=1): 0.5, UUID(int=2): 0.5})


def test_without_work_there_is_no_concentration() -> None:
    """Nothing is divided among nobody."""
    found = shares([])
    assert (found.hhi, found.largest, found.of) == (None, None, {})
