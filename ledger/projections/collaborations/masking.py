"""Partners that a bank may not know by name: within a job they get an id that leads nowhere.

The id is made of the job and the party's place in it, and of nothing that belongs to the firm: it cannot be guessed
back, tells the parties of one job apart, and is another in the next job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import select

from ledger.domain.actor import Actor, Role, without_account
from ledger.projections.collaborations.tables import PARTIES
from ledger.projections.consents.faces import Face, faces
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Aliases = Mapping[str, str]


def known_parties(
    reading: Reading, viewer: Actor, jobs: Collection[UUID]
) -> tuple[dict[str, Face], dict[UUID, dict[str, str]]]:
    """Return how the viewer may know the parties of these jobs, and by job what stands for ids that it may not."""
    query = select(PARTIES.c.collaboration, PARTIES.c.firm, PARTIES.c.place)
    rows = reading.connection.execute(query.where(PARTIES.c.collaboration.in_(jobs), as_of(PARTIES, reading.position)))
    parties = rows.all()
    known = faces(reading, viewer, {row.firm for row in parties})
    aliases: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in parties if viewer.role is Role.BANK else ():
        if known[row.firm].hidden:
            aliases[row.collaboration][str(row.firm)] = str(uuid5(row.collaboration, f"party {row.place}"))
    return {str(firm): face for firm, face in known.items()}, aliases


def masked(value: Any, aliases: Aliases) -> Any:
    """Return the value with every id, also that of an actor such as "firm:<id>", in place of which another stands."""
    if isinstance(value, str):
        role, colon, id_ = value.rpartition(":")
        return role + colon + aliases[id_] if id_ in aliases else value
    if isinstance(value, dict):
        return {name: masked(one, aliases) for name, one in value.items()}
    return [masked(one, aliases) for one in value] if isinstance(value, list) else value


def shown_actor(actor: str, viewer: Actor) -> str:
    """Return who did something as the viewer may know it: which person it was is for their own house and its office."""
    behalf = without_account(actor)
    told = viewer.role in (Role.OPERATOR, Role.COORDINATOR) or behalf == viewer.on_behalf
    return actor if told else behalf
