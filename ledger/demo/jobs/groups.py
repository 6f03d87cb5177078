"""How a round of firms comes together around one that invites them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ledger.demo.firms import Member
    from ledger.demo.world import World


def gathered(world: World, fewest: int, most: int) -> list[Member]:
    """Return a host, first, and its guests; empty while the network is too small."""
    members = world.open_members()
    if len(members) <= fewest:
        return []
    host = world.someone(members)
    group = [host]
    for _ in range(world.rng.randint(fewest, most)):
        guest = world.partner(host, [member for member in members if member not in group])
        if guest is not None:
            group.append(guest)
    return group if len(group) > fewest else []
