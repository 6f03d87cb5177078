"""What a report weighs, as an exact integer: sums do not depend on their order, and a withdrawal leaves no trace.

The unit is 2^-32 of a typical job's weight on the day of ORIGIN. A later day weighs more instead of earlier days
fading: strength = floor(u · 2^32 · 2^(days since ORIGIN / HALF_LIFE)), so that what is stored never changes.
Powers and logarithms come from tables that are worked out in decimal arithmetic, the same on every machine.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from datetime import date
from decimal import Decimal, localcontext

from ledger.domain.money import Money
from ledger.projections.trust.parameters import BACKED, HALF_LIFE, PER_EURO, SMALLEST, TYPICAL

ORIGIN = date(2000, 1, 1)
BITS = 32
ONE = 1 << BITS
STEPS = 1 << 14  # of the logarithm between 100 and a million euro; one is 0.06 % of the value
DIGITS = 60


def job_weight(value: Money | None, *, backed: bool) -> int:
    """Return a job's weight by its value, a typical one counting ONE; without a value it is the smallest."""
    raw = max(_logarithm(value), SMALLEST)
    return int(min(raw * BACKED if backed else raw, Decimal(1)) / TYPICAL * ONE)


def reference_weight() -> int:
    """Return a credit reference's weight: a typical job that a document backs."""
    return int(min(TYPICAL * BACKED, Decimal(1)) / TYPICAL * ONE)


def strength(weight: int, on: date) -> int:
    """Return the weight of something that happened on that day, so that it can be compared with any other day."""
    lives, days = divmod((on - ORIGIN).days, HALF_LIFE)
    grown = weight * POWERS[days]
    return grown << lives >> BITS if lives >= 0 else grown >> BITS - lives


def worth(today: date) -> float:
    """Return what one unit of strength is worth today, in typical jobs of today."""
    lives, days = divmod((today - ORIGIN).days, HALF_LIFE)
    return math.ldexp(1 / POWERS[days], -lives)


def _logarithm(value: Money | None) -> Decimal:
    """Return log10(euro/100)/4, rounded down to a STEP, from 0 to 1; 0 where there is no amount or no rate."""
    if value is None or value.currency not in PER_EURO:
        return Decimal(0)
    cents = int(value.amount / PER_EURO[value.currency] * 100)
    return Decimal(max(bisect_right(BOUNDS, cents) - 1, 0)) / STEPS


def _powers(base: int, root: int, scale: int, last: int) -> list[int]:
    """Return floor(scale · base^(n/root)) for n from 0 to `last`."""
    with localcontext() as context:
        context.prec = DIGITS
        factor, power, found = Decimal(base) ** (Decimal(1) / root), Decimal(scale), []
        for _ in range(last + 1):
            found.append(int(power))
            power *= factor
    return found


POWERS = _powers(2, HALF_LIFE, ONE, HALF_LIFE - 1)  # of the forgetting, one for each day of a half-life
BOUNDS = _powers(10_000, STEPS, 100 * 100, STEPS)  # cents from which the logarithm is one STEP more
