"""Joint development: a few firms try something that none could alone, often with a grant."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from ledger.demo.job import Job, money, period

if TYPE_CHECKING:
    from ledger.demo.firms import Member
    from ledger.demo.world import World

PROJECTS = (
    ("heat recovery for paint shops", "a prototype in use at one partner"),
    ("modular gripper", "a utility model, shared by the partners"),
    ("condition monitoring for older lathes", "a retrofit kit that two partners sell"),
    ("lightweight machine frames", "a fifth less steel in two series"),
    ("common data sheet for parts", "one drawing standard among the partners"),
    ("low-noise hydraulic unit", "measured, not yet sold"),
)


def joint_development(world: World) -> Job | None:
    """A lead and one or two partners develop something, with a budget or without."""
    members = world.open_members()
    if not members:
        return None
    lead = world.someone(members)
    partners = _partners(world, lead)
    if not partners:
        return None
    rng = world.rng
    programme, outcome = rng.choice(PROJECTS)
    ahead = world.happens(0.6)  # grants ask for a start that is on record
    lasts = timedelta(days=rng.randint(120, 420))
    end = world.today + lasts if ahead else world.today - timedelta(days=rng.randint(5, 30))
    terms: dict[str, Any] = {"programme": programme, "period": period(end - lasts, end)}
    if not ahead:
        terms["outcome"] = outcome
    if world.happens(0.6):  # the others have no budget of their own
        terms["value"] = money(world.euros(45_000, 0.7, least=5_000), [lead, *partners])
    return Job(
        kind="joint_development",
        title=f"Development: {programme}",
        parties=((lead, "lead"), *((partner, "partner") for partner in partners)),
        terms=terms,
        begin=end - lasts,
        end=end,
        proposer=lead,
        paper="Project report",
        ahead=ahead,
    )


def _partners(world: World, lead: Member) -> list[Member]:
    members = world.open_members()
    first = world.partner(lead, members)
    second = world.partner(lead, [member for member in members if member is not first])
    found = [member for member in (first, second) if member is not None]
    return found[: world.rng.randint(1, 2)]
