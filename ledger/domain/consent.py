"""A firm's leave for one bank to look, for one purpose, until a date."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.errors import Fault, InvalidConsent, StateConflict
from ledger.domain.event import Fact, FirstFact, Personal

if TYPE_CHECKING:
    from ledger.domain.event import Stamp

LONGEST = timedelta(days=5 * 366)


class Consent(BaseAggregate[UUID]):
    """A consent ends on its last day by itself, or at once when the firm withdraws it."""

    TOPIC = "consent"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "consent.event"

    class Granted(Event, FirstFact):
        """A firm let a bank look, for a purpose, until the end of a day (UTC)."""

        TOPIC = "consent.granted"
        firm: UUID
        bank: UUID
        purpose: Annotated[str, Personal("firm")]
        until: date

    class Renewed(Event):
        """The firm gave the same consent again, after its end or to move the end."""

        TOPIC = "consent.renewed"
        firm: UUID
        bank: UUID
        until: date

    class Withdrawn(Event):
        """The firm took its consent back."""

        TOPIC = "consent.withdrawn"
        firm: UUID
        bank: UUID

    @event(Granted)
    def __init__(self, network_id: UUID, firm: UUID, bank: UUID, purpose: str, until: date) -> None:
        self.network_id = network_id
        self.firm = firm
        self.bank = bank
        self.purpose = purpose
        self.until = until
        self.withdrawn = False

    @event(Renewed)
    def _renewed(self, until: date) -> None:
        self.until = until
        self.withdrawn = False

    @event(Withdrawn)
    def _withdrawn(self) -> None:
        self.withdrawn = True

    @classmethod
    def grant(cls, id_: UUID, stamp: Stamp, *, firm: UUID, bank: UUID, purpose: str, until: date) -> Self:
        """Let a bank look until the end of the day `until`; raise `InvalidConsent` when that is no useful day."""
        _check_end(until, stamp.at)
        return cls._create(
            cls.Granted,
            id=id_,
            firm=firm,
            bank=bank,
            purpose=purpose.strip(),
            until=until,
            **stamp.fields(),
        )

    def renew(self, stamp: Stamp, until: date) -> None:
        """Give it again until this day; a consent that says so already records nothing."""
        _check_end(until, stamp.at)
        if self.withdrawn or until != self.until:
            fields = {**stamp.fields(), "network_id": self.network_id}
            self.trigger_event(self.Renewed, firm=self.firm, bank=self.bank, until=until, **fields)

    def withdraw(self, stamp: Stamp) -> None:
        """Take the consent back."""
        if self.withdrawn:
            raise StateConflict("This consent is withdrawn already.")
        fields = {**stamp.fields(), "network_id": self.network_id}
        self.trigger_event(self.Withdrawn, firm=self.firm, bank=self.bank, **fields)

    def in_force(self, at: datetime) -> bool:
        """Tell whether the bank may look at this moment."""
        return not self.withdrawn and at.astimezone(UTC).date() <= self.until


def _check_end(until: date, at: datetime) -> None:
    today = at.astimezone(UTC).date()
    if not today <= until <= today + LONGEST:
        detail = f"A consent ends between today, {today.isoformat()}, and {(today + LONGEST).isoformat()}."
        raise InvalidConsent(detail, faults=[Fault("/until", detail)])
