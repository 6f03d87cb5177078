"""Exchange visits: firms show each other their halls, in spring and in autumn."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.demo.job import Job
from ledger.demo.jobs.groups import gathered

if TYPE_CHECKING:
    from ledger.demo.world import World

TOPICS = ("Tour of the new hall", "Lean assembly in practice", "Apprentices' workshop", "Energy in production")


def exchange_visit(world: World) -> Job | None:
    """A host is visited by two to six firms."""
    group = gathered(world, 2, 6)
    if not group:
        return None
    host, *visitors = group
    on = world.today - timedelta(days=world.rng.randint(0, 5))
    topic = world.rng.choice(TOPICS)
    return Job(
        kind="exchange_visit",
        title=f"{topic}, {on:%m/%Y}",
        parties=((host, "host"), *((member, "visitor") for member in visitors)),
        terms={"on": on.isoformat(), "topic": topic, "people": world.rng.randint(3, 25)},
        begin=on,
        end=on,
        proposer=host,
        paper="List of participants",
    )
