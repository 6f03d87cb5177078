"""How much of a firm's joint work hangs on few partners: shares and their Herfindahl index."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from ledger.domain.money import Money, totals


@dataclass(frozen=True, slots=True)
class Tie:
    """One confirmed job with one partner, and the value between the two where it has one."""

    partner: UUID
    value: Money | None


@dataclass(frozen=True, slots=True)
class Shares:
    """Each partner's share, 0 to 1, of the volume or of the jobs."""

    basis: str
    of: Mapping[UUID, float]

    @property
    def hhi(self) -> float | None:
        """The sum of the squared shares: 1 with a single partner, near 0 with many equal ones."""
        return math.fsum(share**2 for share in self.of.values()) if self.of else None

    @property
    def largest(self) -> float | None:
        """The largest share."""
        return max(self.of.values(), default=None)


def shares(ties: Sequence[Tie]) -> Shares:
    """Divide by volume where every job has a value in one currency, otherwise by the number of jobs."""
    values = [tie.value for tie in ties]
    known = [value for value in values if value is not None]
    comparable = len(known) == len(values) and len({value.currency for value in known}) == 1
    if comparable and any(value.amount for value in known):
        return shares_of_volume(ties)
    return shares_of_jobs(ties)


def shares_of_volume(ties: Sequence[Tie]) -> Shares:
    """Divide by volume; all values are in one currency, and not all of them nothing."""
    return Shares("volume", _parts([(tie.partner, tie.value.amount) for tie in ties if tie.value]))


def shares_of_jobs(ties: Sequence[Tie]) -> Shares:
    """Divide by the number of jobs."""
    return Shares("jobs", _parts([(tie.partner, Decimal(1)) for tie in ties]))


def volume(ties: Sequence[Tie]) -> list[Money]:
    """Add up the values that are known, per currency."""
    return totals(tie.value for tie in ties if tie.value is not None)


def _parts(amounts: Sequence[tuple[UUID, Decimal]]) -> dict[UUID, float]:
    whole = sum((amount for _, amount in amounts), Decimal(0))
    by_partner = dict.fromkeys((partner for partner, _ in amounts), Decimal(0))
    for partner, amount in amounts:
        by_partner[partner] += amount
    return {partner: float(amount / whole) for partner, amount in by_partner.items()}
