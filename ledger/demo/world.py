"""What the stories share: time, chance, the desk, the members so far, and who works with whom."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.demo.clock import in_office
from ledger.demo.firms import Circle

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random
    from uuid import UUID

    from ledger.demo.agenda import Agenda
    from ledger.demo.demonstration import Example
    from ledger.demo.desk import Desk
    from ledger.demo.firms import Member

ACROSS_THE_BORDER = 0.25
ATTACHMENT = 2.0  # how unequal partners are liked: a few get most of a firm's work


@dataclass(frozen=True, slots=True)
class Deal:
    """A supplier worked for a customer, who agrees; what credit references are about. `value` is as in terms."""

    supplier: Member
    customer: Member
    on: date
    value: dict[str, str]


@dataclass
class World:
    """The state of the simulation; everything random comes from its one generator."""

    desk: Desk
    agenda: Agenda
    rng: Random
    begin: date
    end: date
    banks: dict[UUID, str] = field(default_factory=dict)
    members: list[Member] = field(default_factory=list)
    deals: list[Deal] = field(default_factory=list)
    example: Example | None = None
    _liking: dict[tuple[int, int], float] = field(default_factory=dict)

    @property
    def now(self) -> datetime:
        """The present moment of the simulation."""
        return self.agenda.clock()

    @property
    def today(self) -> date:
        """The present day of the simulation."""
        return self.now.date()

    def after(self, fewest: int, most: int) -> datetime:
        """Return a moment in office hours, so many days from now and never before now."""
        at = in_office(self.rng, self.today + timedelta(days=self.rng.randint(fewest, most)))
        return max(at, self.now + timedelta(minutes=self.rng.randint(3, 50)))

    def happens(self, chance: float) -> bool:
        """Throw the dice."""
        return self.rng.random() < chance

    def euros(self, typical: float, spread: float, least: float = 1_000, most: float = 250_000) -> float:
        """Return a log-normal amount between two limits."""
        return min(most, max(least, self.rng.lognormvariate(math.log(typical), spread)))

    def deals_between(self, supplier: Member, customer: Member) -> list[Deal]:
        """Return what one did for the other, in the order in which it was agreed."""
        return [deal for deal in self.deals if (deal.supplier, deal.customer) == (supplier, customer)]

    def open_members(self) -> list[Member]:
        """Return the firms that work with anybody."""
        return [member for member in self.members if member.circle is Circle.OPEN]

    def someone(self, among: Sequence[Member]) -> Member:
        """Return one of these firms, the active ones more often."""
        return self.rng.choices(among, [member.activity for member in among])[0]

    def partner(self, member: Member, among: Sequence[Member]) -> Member | None:
        """Return a partner for this firm: one it likes, from its own country three times out of four."""
        abroad = self.happens(ACROSS_THE_BORDER)
        others = [other for other in among if other is not member]
        near = [other for other in others if (other.country != member.country) == abroad] or others
        if not near:
            return None
        return self.rng.choices(near, [self._likes(member, other) * other.activity for other in near])[0]

    def _likes(self, member: Member, other: Member) -> float:
        pair = (member.number, other.number)
        if pair not in self._liking:
            self._liking[pair] = self.rng.lognormvariate(0, ATTACHMENT)
        return self._liking[pair]
