"""Members that nobody works with: one asks and is not answered, one is turned down, the others never begin."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.demo.firms import Circle
from ledger.demo.jobs import subcontract

if TYPE_CHECKING:
    from ledger.demo.agenda import Story
    from ledger.demo.world import World


def unanswered(world: World) -> Story:
    """Two of them claim work for others, who do not confirm it: nothing of that counts."""
    alone = [member for member in world.members if member.circle is Circle.ALONE]
    builders = [member for member in world.open_members() if member.trade.buys]
    for member, turned_down in zip(alone, (False, True), strict=False):
        customer = world.someone(builders)
        job = replace(subcontract.between(world, customer, member, ahead=False), proposer=member)
        id_ = world.desk.propose(job, completed_on=job.end)
        if turned_down:
            yield world.after(2, 9)
            world.desk.decline(customer, id_, "We did not order this.")
        yield world.after(20, 60)
