"""What partners are called: by their names, or to a bank in the words that they have chosen to be known by.

As everywhere here, whether a name may be said is judged by what is in force now; the name itself is that of the past
that is asked about.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, ColumnElement, bindparam, or_, select

from ledger.domain.actor import Actor, Role
from ledger.domain.firm import ToBanks
from ledger.domain.sectors import describe
from ledger.projections.consents.disclosure import CONSENTING, consenting_firms, judged_by
from ledger.projections.consents.tables import FACES
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


@dataclass(frozen=True, slots=True)
class Face:
    """A firm as one viewer may know it: with `name`, or without it and with `description`."""

    name: str | None
    description: str | None

    @property
    def hidden(self) -> bool:
        """Whether nothing may be told that leads to the firm, its id included."""
        return self.name is None

    def data(self) -> dict[str, str | None]:
        """Return the fields of an answer."""
        return {"name": self.name, "description": self.description}


# Built once: nearly every page asks it, and building it costs more than running it.
SAID = select(FACES.c.firm, FACES.c.name, FACES.c.nace, FACES.c.country, FACES.c.to_banks).where(
    FACES.c.firm.in_(bindparam("firms", expanding=True)), as_of(FACES, bindparam("position", type_=BigInteger))
)
# The same for a bank that asks about the present, with whether it may read the name.
TOLD = SAID.add_columns(or_(FACES.c.to_banks == ToBanks.NAMED.value, FACES.c.firm.in_(CONSENTING)).label("named"))
NOBODY = Face(None, "a firm")  # not known as of the reading


def faces(reading: Reading, viewer: Actor, firms: Collection[UUID]) -> dict[UUID, Face]:
    """Return how the viewer may know these firms; a bank reads a name where setting or consent says so now."""
    if viewer.role is not Role.BANK:
        return _faces(reading, firms, set(firms))
    if reading.position == reading.now_position:
        asked = {"firms": list(firms), "position": reading.position, **judged_by(reading, viewer.subject)}
        rows = {row.firm: row for row in reading.connection.execute(TOLD, asked)}
        return {firm: _face(rows[firm], bool(rows[firm].named)) if firm in rows else NOBODY for firm in firms}
    now = as_of(FACES, reading.now_position)
    named = or_(FACES.c.to_banks == ToBanks.NAMED.value, FACES.c.firm.in_(consenting_firms(reading, viewer)))
    return _faces(reading, firms, _which(reading, firms, now, named))


def lasting_faces(reading: Reading, firms: Collection[UUID]) -> dict[UUID, Face]:
    """Return how a referral shows these firms, to whomever reads it: named if they were then and are now.

    So a referral never gains a name, and loses one only when its firm takes it back.
    """
    then, now = (_rows(reading, firms, position) for position in (reading.position, reading.now_position))
    named = {firm for firm in then if firm in now and then[firm].to_banks == now[firm].to_banks == ToBanks.NAMED.value}
    return {firm: _face(then[firm], firm in named) if firm in then else NOBODY for firm in firms}


def _which(reading: Reading, firms: Collection[UUID], *clauses: ColumnElement[bool]) -> set[UUID]:
    query = select(FACES.c.firm).where(FACES.c.firm.in_(firms), *clauses)
    return set(reading.connection.execute(query).scalars())


def _faces(reading: Reading, firms: Collection[UUID], named: set[UUID]) -> dict[UUID, Face]:
    rows = _rows(reading, firms, reading.position)
    return {firm: _face(rows[firm], firm in named) if firm in rows else NOBODY for firm in firms}


def _rows(reading: Reading, firms: Collection[UUID], position: int) -> dict[UUID, Any]:
    asked = {"firms": list(firms), "position": position}
    return {row.firm: row for row in reading.connection.execute(SAID, asked)}


def _face(row: Any, named: bool) -> Face:  # noqa: FBT001 - says what the caller found
    return Face(row.name, None) if named else Face(None, describe(row.nace, row.country))
