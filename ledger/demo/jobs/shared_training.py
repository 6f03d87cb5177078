"""Shared training: in winter, when orders are few, firms train their apprentices and staff together."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from ledger.demo.job import Job, period
from ledger.demo.jobs.groups import gathered

if TYPE_CHECKING:
    from ledger.demo.world import World

TOPICS = (
    "Basic course in metalwork", "Welding, examination course", "CNC programming", "Reading drawings",
    "Safety of machinery", "Pneumatics and hydraulics", "Technical Danish for fitters", "Technical German for fitters",
    "Calculating offers", "Preparing for the apprentices' final examination",
)  # fmt: skip


def shared_training(world: World) -> Job | None:
    """A host trains people of two to five other firms."""
    group = gathered(world, 2, 5)
    if not group:
        return None
    host, *participants = group
    rng, topic = world.rng, world.rng.choice(TOPICS)
    end = world.today - timedelta(days=rng.randint(0, 6))
    begin = end - timedelta(days=rng.randint(1, 12))
    trainees = [{"firm": str(member.id), "trainees": rng.randint(1, 6)} for member in participants]
    return Job(
        kind="shared_training",
        title=topic,
        parties=((host, "host"), *((member, "participant") for member in participants)),
        terms={
            "topic": topic,
            "hours": rng.choice((8, 16, 24, 40)),
            "period": period(begin, end),
            "trainees": trainees,
        },
        begin=begin,
        end=end,
        proposer=host,
        paper="List of hours",
    )
