"""A little joint work for the office's pages to show."""

from __future__ import annotations

from tests.api import jobs
from tests.api.world import World


def worked(world: World) -> int:
    """Let two firms confirm a piece of work, and return the position of its first event."""
    position = world.events() + 1
    jobs.confirmed(world.alpha, world.beta)
    world.house.follower.catch_up()
    return position
