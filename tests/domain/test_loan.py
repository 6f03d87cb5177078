"""What a bank says became of a loan."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.domain.errors import InvalidRequest
from ledger.domain.loan import Band, read_loan


def test_a_loan_may_have_a_size() -> None:
    """In a band and a currency; a bank need not say it."""
    assert read_loan(granted=True) == {"granted": True, "amount_band": None, "currency": None}
    for band in Band:
        found = read_loan(granted=True, amount_band=band.value, currency="DKK")
        assert found == {"granted": True, "amount_band": band.value, "currency": "DKK"}


@pytest.mark.parametrize(
    ("said", "pointers"),
    [
        ({"granted": False, "amount_band": "over_1m", "currency": "EUR"}, ["/amount_band"]),
        ({"granted": True, "amount_band": "over_1m"}, ["/currency"]),
        ({"granted": True, "currency": "EUR"}, ["/currency"]),
        ({"granted": True, "amount_band": "huge", "currency": "EUR"}, ["/amount_band"]),
        ({"granted": True, "amount_band": "over_1m", "currency": "USD"}, ["/currency"]),
    ],
)
def test_band_and_currency_go_with_each_other_and_with_a_loan(said: dict[str, Any], pointers: list[str]) -> None:
    """Everything else is refused, and told where."""
    with pytest.raises(InvalidRequest) as refused:
        read_loan(**said)
    assert [fault.pointer for fault in refused.value.faults] == pointers
