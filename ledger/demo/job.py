"""A piece of joint work as the demonstration invents it, before anybody records it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.domain.kinds.kind import Party
from ledger.domain.money import Money

if TYPE_CHECKING:
    from ledger.demo.firms import Member

KRONER_PER_EURO = Decimal("7.46")


@dataclass(frozen=True, slots=True)
class Job:
    """What was done, by whom, when; the first party is the leading one.

    `ahead` says that it is recorded before the work begins, `paper` what its evidence is called.
    """

    kind: str
    title: str
    parties: tuple[tuple[Member, str], ...]
    terms: dict[str, Any]
    begin: date
    end: date
    proposer: Member
    paper: str
    ahead: bool = False
    perfect: bool = field(default=False, kw_only=True)

    @property
    def members(self) -> list[Member]:
        """All parties, the leading one first."""
        return [member for member, _ in self.parties]

    def as_parties(self) -> list[Party]:
        """Return the parties as a proposal has them."""
        return [Party(firm=member.id, role=role) for member, role in self.parties]


def period(begin: date, end: date) -> dict[str, str]:
    """Return a period as terms have it."""
    return {"from": begin.isoformat(), "to": end.isoformat()}


def money(euros: float, members: list[Member]) -> dict[str, str]:
    """Return an amount as terms have it: in kroner among Danish firms, otherwise in euros."""
    among_danes = all(member.country == "DK" for member in members)
    amount = Decimal(max(1, round(euros / 10)) * 10)
    amount = (amount * KRONER_PER_EURO).quantize(Decimal("1E1")) if among_danes else amount
    return dict(Money(amount, "DKK" if among_danes else "EUR").data())  # type: ignore[arg-type]


def changed_value(terms: dict[str, Any], factor: Decimal) -> dict[str, Any]:
    """Return the same terms with another value."""
    value = Money.parse(terms["value"])
    return {**terms, "value": Money((value.amount * factor).quantize(Decimal(1)), value.currency).data()}
