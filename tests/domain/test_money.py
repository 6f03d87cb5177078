"""Money: exact, in one currency, and as precise as that currency."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.errors import InvalidMoney
from ledger.domain.money import MINOR_UNITS, Money, totals
from tests.domain.given import refused


def euros(amount: str) -> Money:
    """Return an amount in euros."""
    return Money.parse({"amount": amount, "currency": "EUR"})


def kroner(amount: str) -> Money:
    """Return an amount in Danish kroner."""
    return Money.parse({"amount": amount, "currency": "DKK"})


@st.composite
def monies(draw: st.DrawFn) -> Money:
    """Make any amount of any known currency."""
    currency = draw(st.sampled_from(sorted(MINOR_UNITS)))
    units = draw(st.integers(0, 10**15 - 1))
    return Money(Decimal(units).scaleb(-MINOR_UNITS[currency]), currency)


@given(monies())
def test_what_is_written_reads_back(money: Money) -> None:
    """Data made of an amount reads back to the same amount."""
    assert Money.parse(money.data()) == money


@given(monies())
def test_writing_is_stable(money: Money) -> None:
    """Data reads back and is written the same again, digit by digit."""
    assert Money.parse(money.data()).data() == money.data()


@given(monies(), monies())
def test_two_currencies_are_never_added(one: Money, other: Money) -> None:
    """Adding keeps the currency, or is refused when there are two."""
    if one.currency != other.currency:
        with pytest.raises(InvalidMoney):
            one + other
    else:
        assert (one + other).currency == one.currency


@given(st.lists(monies(), max_size=8))
def test_totals_are_per_currency(amounts: list[Money]) -> None:
    """Totals hold each currency once, in order, and lose nothing."""
    sums = totals(amounts)
    assert [money.currency for money in sums] == sorted({money.currency for money in amounts})
    for total in sums:
        assert total.amount == sum(m.amount for m in amounts if m.currency == total.currency)


def test_totals_of_nothing() -> None:
    """No amounts make no totals: zero would need a currency."""
    assert totals([]) == []


@pytest.mark.parametrize(
    ("given_amount", "currency", "written"),
    [
        ("48200", "EUR", "48200.00"),
        ("0.5", "DKK", "0.50"),
        ("10.0000", "EUR", "10.00"),
        ("7", "JPY", "7"),
        ("7.00", "JPY", "7"),
        ("-3.10", "EUR", "-3.10"),
        ("999999999999999.99", "EUR", "999999999999999.99"),
    ],
)
def test_amounts_have_the_currencys_places(given_amount: str, currency: str, written: str) -> None:
    """An amount is written with exactly its currency's decimal places."""
    assert Money.parse({"amount": given_amount, "currency": currency}).data()["amount"] == written


@pytest.mark.parametrize(
    "amount",
    ["", "1,00", "1e3", "+1", " 1", "1 ", "01", ".5", "5.", "NaN", "Infinity", "1.005", "٣", "1\n", 1, 1.5, None, True],
)
def test_other_amounts_are_refused(amount: object) -> None:
    """An amount is a plain decimal string that the currency can hold."""
    with refused(InvalidMoney, pointer="/value/amount"):
        Money.parse({"amount": amount, "currency": "EUR"}, "/value")


@pytest.mark.parametrize("currency", ["", "eur", "€", "XXX", "EURO", None, 978, ["EUR"]])
def test_other_currencies_are_refused(currency: object) -> None:
    """A currency is a known ISO 4217 code: guessed decimal places would misstate amounts."""
    with refused(InvalidMoney, pointer="/value/currency"):
        Money.parse({"amount": "1.00", "currency": currency}, "/value")


@pytest.mark.parametrize(
    "data", [None, [], "1.00 EUR", {}, {"amount": "1.00"}, {"amount": "1", "currency": "EUR", "vat": "19"}]
)
def test_other_shapes_are_refused(data: object) -> None:
    """Money is an object of an amount and a currency, nothing less and nothing more."""
    with refused(InvalidMoney, pointer="/value"):
        Money.parse(data, "/value")


def test_adding() -> None:
    """Amounts of one currency add up exactly."""
    assert euros("0.10") + euros("0.20") == euros("0.30")
    assert kroner("1.00") + kroner("1.00") == kroner("2.00")


def test_there_is_no_minus_zero() -> None:
    """Nothing is written in one way only."""
    assert euros("-0").data()["amount"] == "0.00"
