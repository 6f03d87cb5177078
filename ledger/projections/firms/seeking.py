"""Finding a firm by what somebody knows of it: its name, its town, or a number of a register."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, func, or_, select

from ledger.domain.actor import Actor
from ledger.projections.consents.disclosure import listed
from ledger.projections.firms.tables import FIRMS
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

Shown = dict[str, Any]
TOLD = ("id", "name", "town", "country")


def seek(reading: Reading, viewer: Actor, words: str, *, limit: int) -> list[Shown]:
    """Return the firms that the viewer may list and that fit, those first whose name begins so."""
    sought = words.strip()
    if not sought or "\0" in sought:  # PostgreSQL has no such text and would raise
        return []
    folded = sought.casefold()
    numbers = func.lower(cast(FIRMS.c.identifiers, Text))
    fits = or_(
        FIRMS.c.sought_name.contains(folded, autoescape=True),
        FIRMS.c.town.icontains(sought, autoescape=True),
        numbers.contains(folded, autoescape=True),
    )
    begins = FIRMS.c.sought_name.startswith(folded, autoescape=True)
    query = _listed(reading, viewer).where(fits).order_by(begins.desc(), FIRMS.c.sought_name, FIRMS.c.id).limit(limit)
    return [_shape(row) for row in reading.connection.execute(query).mappings()]


def called(reading: Reading, viewer: Actor, firms: Collection[UUID]) -> list[Shown]:
    """Return those of these firms that the viewer may list, in the order of their names."""
    query = _listed(reading, viewer).where(FIRMS.c.id.in_(firms)).order_by(FIRMS.c.sought_name, FIRMS.c.id)
    return [_shape(row) for row in reading.connection.execute(query).mappings()]


def first(reading: Reading, viewer: Actor, *, limit: int) -> list[Shown]:
    """Return the first firms by name that the viewer may list."""
    query = _listed(reading, viewer).order_by(FIRMS.c.sought_name, FIRMS.c.id).limit(limit)
    return [_shape(row) for row in reading.connection.execute(query).mappings()]


def _listed(reading: Reading, viewer: Actor) -> Any:
    may_see = listed(reading, viewer, FIRMS.c.network_id, FIRMS.c.id)
    return select(FIRMS).where(as_of(FIRMS, reading.position), may_see)


def _shape(row: Any) -> Shown:
    return {name: plain(row[name]) for name in TOLD}
