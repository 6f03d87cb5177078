"""What a bank gets of a firm: one page of confirmed facts, true for one position of the log."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Annotated, Any, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.errors import ConsentMissing, StateConflict
from ledger.domain.event import Fact, FirstFact, Personal
from ledger.domain.loan import Loan

if TYPE_CHECKING:
    from ledger.domain.consent import Consent
    from ledger.domain.event import Stamp

VALID_FOR = timedelta(days=90)


class Referral(BaseAggregate[UUID]):
    """A referral says which position and moment it is true for; its content follows from the log up to there."""

    TOPIC = "referral"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "referral.event"

    class Issued(Event, FirstFact):
        """A bank asked for a firm's referral under a consent in force."""

        TOPIC = "referral.issued"
        firm: UUID
        bank: UUID
        consent: UUID
        purpose: Annotated[str, Personal("firm")]
        position: int
        valid_until: date
        digest: Annotated[str, Personal("firm")]

    class Revoked(Event):
        """The firm or the coordinator declared it void."""

        TOPIC = "referral.revoked"
        firm: UUID
        bank: UUID

    class OutcomeReported(Event):
        """The bank said what became of the loan; said again, it corrects what it said before."""

        TOPIC = "referral.outcome-reported"
        firm: UUID
        bank: UUID
        loan: Annotated[Loan, Personal("firm")]

    @event(Issued)
    def __init__(
        self,
        network_id: UUID,
        firm: UUID,
        bank: UUID,
        consent: UUID,
        purpose: str,
        position: int,
        valid_until: date,
        digest: str,
    ) -> None:
        self.network_id = network_id
        self.firm = firm
        self.bank = bank
        self.consent = consent
        self.purpose = purpose
        self.position = position
        self.valid_until = valid_until
        self.digest = digest
        self.revoked = False
        self.loan: Loan | None = None

    @event(Revoked)
    def _revoked(self) -> None:
        self.revoked = True

    @event(OutcomeReported)
    def _outcome_reported(self, loan: Loan) -> None:
        self.loan = loan

    @classmethod
    def issue(cls, id_: UUID, stamp: Stamp, consent: Consent, position: int, digest: str = "") -> Self:
        """Issue a referral under this consent, true for `position`; raise `ConsentMissing` unless in force."""
        if not consent.in_force(stamp.at):
            raise ConsentMissing("The firm's consent has ended.")
        return cls._create(
            cls.Issued,
            id=id_,
            firm=consent.firm,
            bank=consent.bank,
            consent=consent.id,
            purpose=consent.purpose,
            position=position,
            valid_until=(stamp.at.astimezone(UTC) + VALID_FOR).date(),
            digest=digest,
            **{**stamp.fields(), "network_id": consent.network_id},
        )

    def revoke(self, stamp: Stamp) -> None:
        """Declare the referral void."""
        if self.revoked:
            raise StateConflict("This referral is revoked already.")
        self.trigger_event(self.Revoked, **self._stamped(stamp))

    def report_outcome(self, stamp: Stamp, loan: Loan) -> None:
        """Say what became of the loan, also after the referral's end; saying the same again records nothing."""
        if loan != self.loan:
            self.trigger_event(self.OutcomeReported, **self._stamped(stamp), loan=loan)

    def in_force(self, at: datetime) -> bool:
        """Tell whether it is neither revoked nor past its validity."""
        return not self.revoked and at.astimezone(UTC).date() <= self.valid_until

    def _stamped(self, stamp: Stamp) -> dict[str, Any]:
        return {**stamp.fields(), "network_id": self.network_id, "firm": self.firm, "bank": self.bank}
