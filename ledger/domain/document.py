"""A document from which a job was recorded: the same document makes one job.

An aggregate of its own, because its id (made of the document's SHA-256) is what two requests collide on in the
store, whoever sends them and whatever idempotency key they carry.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact
from ledger.domain.ids import identify

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Document(BaseAggregate[UUID]):
    """Which collaboration a document stands for."""

    TOPIC = "document"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "document.event"

    class Entered(Event, FirstFact):
        """A collaboration was recorded from the document."""

        TOPIC = "document.entered"
        sha256: str
        collaboration: UUID

    class Reentered(Event):
        """The earlier collaboration had ended without counting; another was recorded from the document."""

        TOPIC = "document.reentered"
        collaboration: UUID

    @event(Entered)
    def __init__(self, collaboration: UUID) -> None:
        self.collaboration = collaboration

    @event(Reentered)
    def _reentered(self, collaboration: UUID) -> None:
        self.collaboration = collaboration

    @classmethod
    def enter(cls, stamp: Stamp, sha256: str, collaboration: UUID) -> Self:
        """Bind the document to the collaboration that was recorded from it."""
        return cls._create(
            cls.Entered,
            id=identify("document", sha256, stamp.network),
            sha256=sha256,
            collaboration=collaboration,
            **stamp.fields(),
        )

    def reenter(self, stamp: Stamp, collaboration: UUID) -> None:
        """Bind it to another collaboration, after the earlier one ended without counting."""
        self.trigger_event(self.Reentered, collaboration=collaboration, **stamp.fields())
