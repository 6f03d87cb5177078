"""Headcounts: most firms tell every spring how many people they employed in the year before; some never do."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING

from ledger.application import firms
from ledger.demo.clock import in_office

if TYPE_CHECKING:
    from ledger.demo.agenda import Story
    from ledger.demo.firms import Member
    from ledger.demo.world import World

NEVER, FORGOTTEN, CORRECTED = 0.2, 0.1, 0.12
SMALLEST, LARGEST = 8, 250
SETTLING_IN = timedelta(days=30)
SPRING = 100  # days of a year in which figures of the one before are told
TRAINS = 0.12  # the largest share of apprentices


def enter(world: World, members: list[Member]) -> None:
    """Enter the springs of each firm; its size is its own lot, so whatever else is told comes out as without."""
    for member in members:
        lot = Random(f"{member.number} {member.profile.name} employs")  # nosec B311 # the same seed, the same figures
        if lot.random() >= NEVER:
            world.agenda.enter(in_office(lot, member.joins + SETTLING_IN), telling(world, member, lot))


def telling(world: World, member: Member, lot: Random) -> Story:
    """A firm grows or shrinks, and says so once a year; now and then it corrects what it said."""
    employees = min(LARGEST, max(SMALLEST, lot.lognormvariate(3.6, 0.8)))
    trains = lot.uniform(0, TRAINS)
    for year in range(world.begin.year, world.end.year):
        employees = min(LARGEST, max(SMALLEST, employees * lot.gauss(1.02, 0.06)))
        told, corrected = lot.random() >= FORGOTTEN, lot.random() < CORRECTED
        spring = in_office(lot, date(year + 1, 1, 1) + timedelta(days=lot.randrange(7, SPRING)))
        if not told or spring < world.now:
            continue
        yield spring
        _tell(world, member, year, round(employees), trains)
        if corrected:
            yield in_office(lot, world.today + timedelta(days=lot.randint(1, 20)))
            employees = min(LARGEST, employees + lot.randint(1, 4))
            _tell(world, member, year, round(employees), trains)


def _tell(world: World, member: Member, year: int, employees: int, trains: float) -> None:
    figures = {"employees": employees, "apprentices": round(employees * trains)}
    firms.report_headcount(world.desk.ledger, world.desk.actor(member), member.id, year=year, **figures)
