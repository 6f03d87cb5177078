"""Volumes and savings, each currency by itself: nothing is converted."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from ledger.domain.money import MINOR_UNITS, Money, MoneyData
from ledger.projections.activity.period import Period
from ledger.projections.activity.shapes import Currency

Amounts = Mapping[tuple[int, str, str], tuple[int, int]]  # volume and saving by month, kind and currency


def currencies(amounts: Amounts, period: Period) -> list[Currency]:
    """Return volume and saving of the period in each currency, and its volume of the year before."""
    spans = ((period.first, period.last), period.whole, period.before)
    names = sorted({currency for _, _, currency in amounts})
    found: list[Currency] = []
    for name in names:
        now, whole, before = (_sum(amounts, name, span) for span in spans)
        if any((*now, *before)):
            volume, saving = (written(one, name) for one in now)
            compared, then = written(whole[0], name), written(before[0], name)
            found.append({"volume": volume, "compared": compared, "before": then, "saving": saving})
    return found


def written(minor: int, currency: str) -> MoneyData:
    """Return an amount of minor units as it is answered."""
    return Money(Decimal(minor).scaleb(-MINOR_UNITS[currency]), currency).data()


def _sum(amounts: Amounts, currency: str, span: tuple[int, int]) -> tuple[int, int]:
    own = [one for (month, _, name), one in amounts.items() if name == currency and span[0] <= month <= span[1]]
    return sum(volume for volume, _ in own), sum(saving for _, saving in own)
