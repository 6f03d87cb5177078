"""Joint purchases: in spring, firms buy material and energy together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.demo.job import Job, money, period
from ledger.demo.jobs.groups import gathered

if TYPE_CHECKING:
    from ledger.demo.firms import Member
    from ledger.demo.world import World

GOODS = ("steel sheets", "round bars", "stainless tubes", "carbide inserts", "welding gas", "cutting oil", "workwear")


def joint_purchase(world: World) -> Job | None:
    """A lead orders for two to six other firms."""
    group = gathered(world, 2, 6)
    if not group:
        return None
    lead, *participants = group
    rng, goods = world.rng, world.rng.choice(GOODS)
    end = world.today - timedelta(days=rng.randint(1, 12))
    begin = end - timedelta(days=rng.randint(10, 45))
    return Job(
        kind="joint_purchase",
        title=f"Joint purchase: {goods}",
        parties=((lead, "lead"), *((member, "participant") for member in participants)),
        terms={
            "goods": goods,
            "period": period(begin, end),
            "purchases": [_share(world, member, group) for member in participants],
        },
        begin=begin,
        end=end,
        proposer=lead,
        paper="Supplier's price list",
    )


def _share(world: World, member: Member, group: list[Member]) -> dict[str, Any]:
    euros = world.euros(6_000, 0.8, most=60_000)
    saving = euros * world.rng.uniform(0.04, 0.15)
    return {"firm": str(member.id), "volume": money(euros, group), "saving": money(saving, group)}
