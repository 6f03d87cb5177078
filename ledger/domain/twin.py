"""When two records are probably of one and the same job, entered once by each side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID


@dataclass(frozen=True, slots=True)
class Entry:
    """What of a record tells whether it has a twin; `days` are the first and the last day of the work, if stated.

    `order` is the number of the order: firms that work for each other all the time tell their jobs apart by it.
    """

    kind: str
    proposed_by: UUID
    firms: frozenset[UUID]
    documents: frozenset[str]
    days: tuple[date, date] | None
    order: str | None = None


def are_twins(one: Entry, other: Entry) -> bool:
    """Two parties each recorded the same kind of work with the other, from the same document or on the same days.

    Of two orders with different numbers a common day proves nothing; a common document does.
    """
    return (
        one.kind == other.kind
        and one.proposed_by != other.proposed_by
        and {one.proposed_by, other.proposed_by} <= one.firms & other.firms
        and (not one.documents.isdisjoint(other.documents) or _same_work(one, other))
    )


def _same_work(one: Entry, other: Entry) -> bool:
    different = one.order is not None and other.order is not None and one.order != other.order
    return not different and _overlap(one.days, other.days)


def _overlap(one: tuple[date, date] | None, other: tuple[date, date] | None) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]
