"""Capacity sharing: who is short of a machine or of hands borrows them from who has some to spare."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.demo.job import Job, money, period

if TYPE_CHECKING:
    from ledger.demo.world import World

MACHINES = ("lathe with bar feeder", "5-axis machining centre", "laser cutting machine", "press brake", "welding cell")
SKILLS = ("fitter", "welder with certificate", "electrician", "PLC programmer", "machine setter")
HOURLY = {"machine": 78, "staff": 56}  # euros


def capacity_sharing(world: World) -> Job | None:
    """One firm lends machine hours or staff to another."""
    members = world.open_members()
    if not members:
        return None
    user = world.someone(members)
    provider = world.partner(user, members)
    if provider is None:
        return None
    rng = world.rng
    resource = rng.choice(("machine", "machine", "staff"))
    hours = rng.randrange(8, 240, 4)
    what = rng.choice(MACHINES if resource == "machine" else SKILLS)
    end = world.today - timedelta(days=rng.randint(0, 14))
    begin = end - timedelta(days=rng.randint(2, 40))
    terms: dict[str, Any] = {
        "resource": resource,
        "hours": hours,
        "description": what,
        "period": period(begin, end),
    }
    if world.happens(0.8):  # now and then it is a favour
        terms["value"] = money(hours * HOURLY[resource], [user, provider])
    return Job(
        kind="capacity_sharing",
        title=f"{hours} hours: {what}",
        parties=((user, "user"), (provider, "provider")),
        terms=terms,
        begin=begin,
        end=end,
        proposer=rng.choice((user, provider)),
        paper="Hours sheet",
    )
