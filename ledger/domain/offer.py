"""An offer of capacity: machine hours or staff that a firm has free, or that it seeks, for a span of days."""

from __future__ import annotations

import re
from datetime import UTC, date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.errors import Fault, InvalidRequest, StateConflict
from ledger.domain.event import Fact, FirstFact, Personal

if TYPE_CHECKING:
    from ledger.domain.event import Stamp

FURTHEST = timedelta(days=2 * 366)
MOST_HOURS = 100_000
HOURS = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?", re.ASCII)


class Direction(StrEnum):
    """Whether the firm has it, or needs it."""

    FREE = "free"
    SOUGHT = "sought"


class Resource(StrEnum):
    """What is offered; as in the kind `capacity_sharing`."""

    MACHINE = "machine"
    STAFF = "staff"


class Offer(BaseAggregate[UUID]):
    """An offer ends on its last day by itself, or at once when the firm withdraws it; what comes of it is a job."""

    TOPIC = "offer"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "offer.event"

    class Offered(Event, FirstFact):
        """A firm said what capacity it has free, or seeks, from one day to another; `hours` are decimal."""

        TOPIC = "offer.offered"
        firm: UUID
        direction: str
        resource: str
        what: Annotated[str, Personal("firm")]
        hours: str | None
        begins: date
        ends: date
        note: Annotated[str | None, Personal("firm")]
        digest: Annotated[str, Personal("firm")]

    class Withdrawn(Event):
        """It is taken, or no longer meant."""

        TOPIC = "offer.withdrawn"
        firm: UUID

    @event(Offered)
    def __init__(  # noqa: PLR0913, PLR0917 - a field each
        self,
        network_id: UUID,
        firm: UUID,
        direction: str,
        resource: str,
        what: str,
        hours: str | None,
        begins: date,
        ends: date,
        note: str | None,
        digest: str,
    ) -> None:
        self.network_id = network_id
        self.firm = firm
        self.direction = direction
        self.resource = resource
        self.what = what
        self.hours = hours
        self.begins = begins
        self.ends = ends
        self.note = note
        self.digest = digest
        self.withdrawn = False

    @event(Withdrawn)
    def _withdrawn(self) -> None:
        self.withdrawn = True

    @classmethod
    def offer(  # noqa: PLR0913 - a field each
        cls,
        id_: UUID,
        stamp: Stamp,
        *,
        firm: UUID,
        direction: str,
        resource: str,
        what: str,
        begins: date,
        ends: date,
        hours: str | None = None,
        note: str | None = None,
        digest: str,
    ) -> Self:
        """Offer or seek capacity; raise `InvalidRequest` for days or hours that make no sense."""
        _check_days(begins, ends, stamp.at.astimezone(UTC).date())
        _check_hours(hours)
        said = {"direction": Direction(direction).value, "resource": Resource(resource).value}
        return cls._create(
            cls.Offered,
            id=id_,
            firm=firm,
            what=what.strip(),
            hours=hours,
            begins=begins,
            ends=ends,
            note=note,
            digest=digest,
            **said,
            **stamp.fields(),
        )

    def withdraw(self, stamp: Stamp) -> None:
        """Take it back."""
        if self.withdrawn:
            raise StateConflict("This offer is withdrawn already.")
        self.trigger_event(self.Withdrawn, firm=self.firm, **{**stamp.fields(), "network_id": self.network_id})


def _check_days(begins: date, ends: date, today: date) -> None:
    if ends < begins:
        raise _wrong("The last day does not lie before the first.", "/to")
    if not today <= ends <= today + FURTHEST:
        raise _wrong(f"The last day lies between today, {today}, and {today + FURTHEST}.", "/to")


def _check_hours(hours: str | None) -> None:
    if hours is not None and not (HOURS.fullmatch(hours) and 0 < Decimal(hours) <= MOST_HOURS):
        raise _wrong(f"Hours are more than 0 and at most {MOST_HOURS:,}.", "/hours")


def _wrong(detail: str, pointer: str) -> InvalidRequest:
    return InvalidRequest(detail, faults=[Fault(pointer, detail)])
