"""What became of a loan, as far as a bank says: granted or not, and its size in a band, never its amount."""

from __future__ import annotations

from enum import StrEnum
from typing import TypedDict

from ledger.domain.errors import Fault, InvalidRequest

CURRENCIES = ("EUR", "DKK")


class Band(StrEnum):
    """How large a loan is, in units of its currency; a bound belongs to the band above it."""

    UNDER_50K = "under_50k"
    FROM_50K = "50k_250k"
    FROM_250K = "250k_1m"
    OVER_1M = "over_1m"


class Loan(TypedDict):
    """A bank's decision, as it stands in events."""

    granted: bool
    amount_band: str | None
    currency: str | None


def read_loan(*, granted: bool, amount_band: str | None = None, currency: str | None = None) -> Loan:
    """Return the decision; raise `InvalidRequest` unless band and currency go together, and with a granted loan."""
    faults = []
    if not granted and amount_band is not None:
        faults.append(Fault("/amount_band", "Only a loan that was granted has a size."))
    if (amount_band is None) != (currency is None):
        faults.append(Fault("/currency", "A band and its currency are given together, or neither."))
    if amount_band is not None and amount_band not in list(Band):
        faults.append(Fault("/amount_band", f"One of {', '.join(Band)} is expected."))
    if currency is not None and currency not in CURRENCIES:
        faults.append(Fault("/currency", f"One of {', '.join(CURRENCIES)} is expected."))
    if faults:
        raise InvalidRequest(faults[0].detail, faults=faults)
    return Loan(granted=granted, amount_band=amount_band, currency=currency)
