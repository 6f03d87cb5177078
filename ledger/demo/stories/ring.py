"""The ring: four firms that do business and exchange praise with nobody but each other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.demo import course
from ledger.demo.firms import Circle
from ledger.demo.job import money
from ledger.demo.jobs import credit_reference, subcontract

if TYPE_CHECKING:
    from ledger.demo.agenda import Story
    from ledger.demo.firms import Member
    from ledger.demo.world import World

EVERY_DAYS = 21


def circling(world: World) -> Story:
    """Every few weeks one of them works for another, flawlessly and for a high sum, and praises it as a customer."""
    ring = [member for member in world.members if member.circle is Circle.RING]
    turn = 0
    while True:
        customer, supplier = ring[turn % 4], ring[(turn + 1 + turn // 4 % 3) % 4]
        worked = yield from _work(world, customer, supplier)
        if worked.agreed and turn % 3 == 2:  # noqa: PLR2004 - every third time the supplier states how well it is paid
            yield from _reference(world, customer, supplier)
        turn += 1
        yield world.after(EVERY_DAYS - 7, EVERY_DAYS + 7)


def _work(world: World, customer: Member, supplier: Member) -> course.Course:
    job = subcontract.between(world, customer, supplier, ahead=False)
    euros = world.rng.randrange(120_000, 245_000, 5_000)
    terms = {**job.terms, "value": money(euros, [customer, supplier])}
    return (yield from course.run(world, replace(job, terms=terms, perfect=True)))


def _reference(world: World, customer: Member, supplier: Member) -> course.Course:
    job = credit_reference.about(world, world.deals_between(supplier, customer)[-1])
    return (yield from course.run(world, replace(job, terms={**job.terms, "days_beyond_terms": 0}, perfect=True)))
