"""Who an introduction to the ledger is about: a busy supplier, its best customer, and the bank it lets look."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.demo.clock import in_office
from ledger.demo.demonstration import Example
from ledger.demo.stories import lending

if TYPE_CHECKING:
    from ledger.demo.agenda import Story
    from ledger.demo.firms import Member
    from ledger.demo.world import World

PURPOSE = "Loan for a new machine"
DAYS_BEFORE, LASTS = 25, 365
RELIABLE = 0.9


def enter(world: World) -> None:
    """Enter the consent, some weeks before the end."""
    day = world.end - timedelta(days=DAYS_BEFORE)
    world.agenda.enter(in_office(world.rng, day), introduction(world))


def introduction(world: World) -> Story:
    """The supplier lets the first bank look, which does and takes a referral."""
    supplier, customer = _pair(world)
    bank = next(iter(world.banks))
    world.example = Example(customer.id, supplier.id, bank, PURPOSE)
    yield from lending.borrowing(world, supplier, bank, PURPOSE, days=LASTS, fate=lending.Fate.REFERRED)


def _pair(world: World) -> tuple[Member, Member]:
    """Return the reliable German supplier with the most customers, and the one that it works for most."""
    customers: dict[Member, Counter[Member]] = {}
    for deal in world.deals:
        customers.setdefault(deal.supplier, Counter())[deal.customer] += 1
    known = [one for one in customers if one.reliability >= RELIABLE and one.profile.country == "DE"]
    supplier = max([one for one in known if not one.profile.sole_proprietor], key=lambda one: len(customers[one]))
    return supplier, customers[supplier].most_common(1)[0][0]
