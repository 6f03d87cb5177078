"""Money: an exact decimal amount in one ISO 4217 currency; two currencies are never added."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, TypedDict

from ledger.domain.errors import Fault, InvalidMoney

if TYPE_CHECKING:
    from collections.abc import Iterable

# Decimal places of the currencies in use (ISO 4217, "minor unit"). A currency that is not here is refused:
# guessing two places would misstate yen and dinar amounts.
MINOR_UNITS = {
    "EUR": 2, "DKK": 2, "SEK": 2, "NOK": 2, "PLN": 2, "CZK": 2, "CHF": 2, "GBP": 2, "USD": 2, "HUF": 2,
    "RON": 2, "BGN": 2, "ISK": 0, "JPY": 0, "CNY": 2, "CAD": 2, "AUD": 2, "TRY": 2, "UAH": 2,
}  # fmt: skip
AMOUNT = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,4})?", re.ASCII)


class MoneyData(TypedDict):
    """Money as it stands in events and in JSON."""

    amount: str
    currency: str


@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount; adding another currency raises `InvalidMoney`."""

    amount: Decimal
    currency: str

    @classmethod
    def parse(cls, data: object, pointer: str = "") -> Money:
        """Read `{"amount": "48200.00", "currency": "EUR"}`; raise `InvalidMoney` with pointers below `pointer`."""
        if not isinstance(data, dict) or set(data) != {"amount", "currency"}:
            raise _invalid(pointer, 'Money looks like {"amount": "48200.00", "currency": "EUR"}.')
        amount, currency = data["amount"], data["currency"]
        if not isinstance(currency, str) or currency not in MINOR_UNITS:
            raise _invalid(f"{pointer}/currency", "The currency is an ISO 4217 code such as EUR or DKK.")
        if not isinstance(amount, str) or not AMOUNT.fullmatch(amount):
            raise _invalid(f"{pointer}/amount", 'The amount is a decimal string such as "48200.00".')
        return cls(_exact(amount, MINOR_UNITS[currency], f"{pointer}/amount"), currency)

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise InvalidMoney(f"{self.currency} and {other.currency} are not added without a rate.")
        return Money(self.amount + other.amount, self.currency)

    def data(self) -> MoneyData:
        """Return the amount with its currency's decimal places, as it stands in events and in JSON."""
        return {"amount": f"{self.amount:.{MINOR_UNITS[self.currency]}f}", "currency": self.currency}


def totals(amounts: Iterable[Money]) -> list[Money]:
    """Add up amounts per currency, in the order of the currency codes."""
    sums: dict[str, Money] = {}
    for money in amounts:
        sums[money.currency] = sums[money.currency] + money if money.currency in sums else money
    return [sums[currency] for currency in sorted(sums)]


def _exact(amount: str, places: int, pointer: str) -> Decimal:
    exact = Decimal(amount)
    rounded = exact.quantize(Decimal(1).scaleb(-places))
    if rounded != exact:
        raise _invalid(pointer, f"The currency has {places} decimal places.")
    return rounded + 0  # minus zero is zero


def _invalid(pointer: str, detail: str) -> InvalidMoney:
    return InvalidMoney(detail, faults=[Fault(pointer, detail)])
