"""One look of a bank at a firm: every one is a fact of its own, so that the firm can see who looked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact, Personal

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Access(BaseAggregate[UUID]):
    """A look is over when it is recorded; nothing follows."""

    TOPIC = "access"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "access.event"

    class Made(Event, FirstFact):
        """A bank read something of a firm (`what`), for the purposes that the firm has given consent to."""

        TOPIC = "access.made"
        firm: UUID
        bank: UUID
        what: str
        purpose: Annotated[str, Personal("firm")]

    @event(Made)
    def __init__(self, firm: UUID, bank: UUID) -> None:
        self.firm = firm
        self.bank = bank

    @classmethod
    def make(cls, id_: UUID, stamp: Stamp, *, firm: UUID, bank: UUID, what: str, purpose: str) -> Self:
        """Record a look."""
        return cls._create(cls.Made, id=id_, firm=firm, bank=bank, what=what, purpose=purpose, **stamp.fields())
