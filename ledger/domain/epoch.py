"""An epoch of the trust score: while it lasts, a rater's word weighs what it weighed when it began."""

from __future__ import annotations

from datetime import UTC, date
from typing import TYPE_CHECKING, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Epoch(BaseAggregate[UUID]):
    """The end of an epoch, and the beginning of the next: all is said when it is recorded; nothing follows."""

    TOPIC = "epoch"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "epoch.event"

    class Closed(Event, FirstFact):
        """From this position on, raters are believed as the evidence up to it says, until the next epoch closes.

        Evidence is aged to `happened_on`, the day (UTC) of closing.
        """

        TOPIC = "epoch.closed"
        digest: str

    @event(Closed)
    def __init__(self, network_id: UUID, happened_on: date, digest: str) -> None:
        self.network_id = network_id
        self.closed_on = happened_on
        self.digest = digest

    @classmethod
    def close(cls, id_: UUID, stamp: Stamp, network_id: UUID, *, digest: str = "") -> Self:
        """Close an epoch of a network, at the moment of recording and of no other day."""
        said = {"network_id": network_id, "happened_on": stamp.at.astimezone(UTC).date(), "digest": digest}
        return cls._create(cls.Closed, id=id_, **{**stamp.fields(), **said})
