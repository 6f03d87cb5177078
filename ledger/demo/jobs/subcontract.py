"""Subcontracts: builders have parts made by shops that they like."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.demo.job import Job, money, period

if TYPE_CHECKING:
    from ledger.demo.firms import Member
    from ledger.demo.world import World

MADE_FOR = ("packing line", "test bench", "mixer", "crane drive", "filling line", "conveyor", "press", "pump station")
BATCHES = ("first batch", "second batch", "third batch", "repeat order", "spare parts", "prototype")


def subcontract(world: World) -> Job | None:
    """A firm gives a part of its work to one whose trade it needs."""
    builders = [member for member in world.open_members() if member.trade.buys]
    if not builders:
        return None
    contractor = world.someone(builders)
    shops = [member for member in world.open_members() if member.trade.name in contractor.trade.buys]
    shop = world.partner(contractor, shops)
    return None if shop is None else between(world, contractor, shop)


def between(world: World, contractor: Member, shop: Member, *, ahead: bool | None = None) -> Job:
    """A subcontract between these two; a good third is recorded before the work begins."""
    rng = world.rng
    ahead = world.happens(0.35) if ahead is None else ahead
    lasts = timedelta(days=rng.randint(5, 70))
    end = world.today + lasts if ahead else world.today - timedelta(days=rng.randint(1, 18))
    begin, process = end - lasts, rng.choice(shop.trade.processes)
    return Job(
        kind="subcontract",
        title=f"{process[0].upper()}{process[1:]} for a {rng.choice(MADE_FOR)}, {rng.choice(BATCHES)}",
        parties=((contractor, "contractor"), (shop, "subcontractor")),
        terms={
            "value": money(world.euros(9_000, 1.0), [contractor, shop]),
            "period": period(begin, end),
            "process": process,
            "order_reference": f"B-{world.today:%y}-{rng.randint(1000, 9999)}",
        },
        begin=begin,
        end=end,
        proposer=rng.choice((contractor, shop, shop)),
        paper="Invoice",
        ahead=ahead,
    )
