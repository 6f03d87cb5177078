"""Joint orders: several trades deliver one customer's plant, each its stage."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from ledger.demo.job import Job, money, period

if TYPE_CHECKING:
    from ledger.demo.firms import Member
    from ledger.demo.world import World

LEADING_TRADES = ("special machines", "plant engineering", "conveying", "food machines", "switchgear")
PLANTS = ("packing line", "bottling plant", "biogas plant section", "sorting line", "cold store", "paint shop")
SECTORS = ("food industry", "wind energy", "shipbuilding", "agriculture", "pharmaceuticals", "logistics", "paper")


def joint_order(world: World) -> Job | None:
    """A builder leads, one to four partners follow."""
    leads = [member for member in world.open_members() if member.trade.name in LEADING_TRADES]
    if not leads:
        return None
    lead = world.someone(leads)
    partners = _partners(world, lead)
    if not partners:
        return None
    rng, members = world.rng, [lead, *partners]
    ahead = world.happens(0.5)  # every second is entered when the order comes in
    lasts = timedelta(days=rng.randint(40, 160))
    end = world.today + lasts if ahead else world.today - timedelta(days=rng.randint(3, 25))
    value = money(world.euros(60_000, 0.8, least=8_000), members)
    sector = rng.choice(SECTORS)
    return Job(
        kind="joint_order",
        title=f"{rng.choice(PLANTS).capitalize()} for a customer in {sector}",
        parties=((lead, "lead"), *((partner, "partner") for partner in partners)),
        terms={
            "value": value,
            "period": period(end - lasts, end),
            "customer_sector": sector,
            "work_packages": _packages(world, members),
        },
        begin=end - lasts,
        end=end,
        proposer=lead,
        paper="Delivery note",
        ahead=ahead,
    )


def _partners(world: World, lead: Member) -> list[Member]:
    found: list[Member] = []
    for _ in range(world.rng.choices((1, 2, 3, 4), (30, 40, 20, 10))[0]):
        fitting = [one for one in world.open_members() if one.trade.name in lead.trade.buys and one not in found]
        partner = world.partner(lead, fitting)
        if partner is not None:
            found.append(partner)
    return found


def _packages(world: World, members: list[Member]) -> list[dict[str, Any]]:
    """Divide the order: the lead also procures and delivers, and its share takes up what is left."""
    stages = [(member.trade.stage, member) for member in members] + [("procurement", members[0])]
    weights = [world.rng.randint(2, 8) for _ in stages]
    shares = [(Decimal(weight) / sum(weights)).quantize(Decimal("0.01")) for weight in weights]
    shares[0] += 1 - sum(shares)
    return [
        {"stage": stage, "firm": str(member.id), "share": str(share)}
        for (stage, member), share in zip(stages, shares, strict=True)
    ]
