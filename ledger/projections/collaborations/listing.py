"""What every list of joint work has in common: who may see it, its order, its narrowing."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, select

from ledger.domain.actor import Actor
from ledger.projections.collaborations.tables import COLLABORATIONS
from ledger.projections.collaborations.visibility import visible
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

# Read downwards: the latest business date first.
ORDER = (COLLABORATIONS.c.business_date, COLLABORATIONS.c.id)


def to_be_seen(reading: Reading, viewer: Actor) -> Select[Any]:
    """The collaborations that this viewer may see, as of the reading."""
    return select(COLLABORATIONS).where(as_of(COLLABORATIONS, reading.position), visible(reading, viewer))


def narrowed(kind: str | None, since: date | None, until: date | None) -> list[ColumnElement[bool]]:
    """The clauses for one kind and a span of business dates, both ends included."""
    clauses: list[ColumnElement[bool]] = []
    if kind is not None:
        clauses.append(COLLABORATIONS.c.kind == kind)
    if since is not None:
        clauses.append(COLLABORATIONS.c.business_date >= since)
    if until is not None:
        clauses.append(COLLABORATIONS.c.business_date <= until)
    return clauses
