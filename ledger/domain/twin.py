"""When two records are probably of one and the same job, entered once by each side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record tells whether it has a twin; `days` are the first and the last day of the work, if stated."""

    kind: str
    proposed_by: UUID
    firms: frozenset[UUID]
    documents: frozenset[str]
    days: tuple[date, date] | None


def are_twins(one: Entry, other: Entry) -> bool:
    """Two parties each recorded the same kind of work with the other, from the same document or on the same days."""
    return (
        one.kind == other.kind
        and one.proposed_by != other.proposed_by
        and {one.proposed_by, other.proposed_by} <= one.firms & other.firms
        and (not one.documents.isdisjoint(other.documents) or _overlap(one.days, other.days))
    )


def _overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]
