"""Partners that a bank may not know by name: within a job they get an id that leads nowhere.

The id is made of the job and the party's place in it, and of nothing that belongs to the firm: it cannot be guessed
back, tells the parties of one job apart, and is another in the next job.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import BigInteger, bindparam, select

from ledger.domain.actor import Actor, Role, without_account
from ledger.projections.collaborations.tables import PARTIES
from ledger.projections.consents.faces import Face, faces
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Aliases = Mapping[str, str]

# Built once: building it costs more than running it.
OF_JOBS = (
    select(
        *(PARTIES.c.collaboration, PARTIES.c.firm, PARTIES.c.place, PARTIES.c.role, PARTIES.c.answer),
        *(PARTIES.c.by_office, PARTIES.c.confirmed, PARTIES.c.confirmed_at),
    )
    .where(
        PARTIES.c.collaboration.in_(bindparam("jobs", expanding=True)),
        as_of(PARTIES, bindparam("position", type_=BigInteger)),
    )
    .order_by(PARTIES.c.place)
)
BARE = str(UUID(int=0))  # a text of this length is an id alone, or none


def parties_of(reading: Reading, jobs: Collection[UUID]) -> Sequence[Any]:
    """Return all parties of these jobs, in the order of their places."""
    return reading.connection.execute(OF_JOBS, {"jobs": list(jobs), "position": reading.position}).all()


def known_parties(
    reading: Reading, viewer: Actor, parties: Sequence[Any]
) -> tuple[dict[str, Face], dict[UUID, dict[str, str]]]:
    """Return how the viewer may know these parties, and by job what stands for ids that it may not."""
    known = faces(reading, viewer, {row.firm for row in parties})
    aliases: dict[UUID, dict[str, str]] = defaultdict(dict)
    for row in parties if viewer.role is Role.BANK else ():
        if known[row.firm].hidden:
            aliases[row.collaboration][str(row.firm)] = str(uuid5(row.collaboration, f"party {row.place}"))
    return {str(firm): face for firm, face in known.items()}, aliases


def masked(value: Any, aliases: Aliases) -> Any:
    """Return the value with every id, also that of an actor such as "firm:<id>", in place of which another stands."""
    if not aliases:
        return value
    if isinstance(value, str):
        role, colon, id_ = value.rpartition(":") if len(value) > len(BARE) else ("", "", value)
        return role + colon + aliases[id_] if id_ in aliases else value
    if isinstance(value, dict):
        return {name: masked(one, aliases) for name, one in value.items()}
    return [masked(one, aliases) for one in value] if isinstance(value, list) else value


def shown_actor(actor: str, viewer: Actor, firm: UUID | None = None) -> str:
    """Return who did something as the viewer may know it, for the `firm` whose word it is.

    Which person it was is for their own house, for the firm that they spoke for, and for its office.
    """
    behalf = without_account(actor)
    spoken_for = viewer.role is Role.FIRM and viewer.subject == firm
    told = viewer.role in (Role.OPERATOR, Role.COORDINATOR) or behalf == viewer.on_behalf or spoken_for
    return actor if told else behalf
