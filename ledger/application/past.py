"""What old books say of a job beyond the job itself: when it was entered there, and who agreed to it when."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.domain.errors import Fault, Invalid, InvalidDate, InvalidEvidence, LedgerError
from ledger.domain.event import check_past

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from uuid import UUID

    from ledger.domain.collaboration import Proposal


@dataclass(frozen=True)
class Past:
    """Business dates alone: when something was recorded here is the ledger's to say.

    `confirmed` names the firms that agreed, each with the day. The office enters these in their name, as it may enter
    any acceptance for a firm of its network, and every event says that it was the office.
    """

    recorded_on: date | None = None
    confirmed: tuple[tuple[UUID, date], ...] = ()

    def in_order(self) -> list[tuple[int, tuple[UUID, date]]]:
        """Return the confirmations in the order of their days, each with its place in the record."""
        return sorted(enumerate(self.confirmed), key=lambda numbered: numbered[1][1])

    def check(self, now: datetime, proposal: Proposal) -> None:
        """Raise `Invalid` for days to come or out of order, and for a confirmation that no document shows."""
        check_past(self.recorded_on, now, "/recorded_on")
        for n, (_, on) in enumerate(self.confirmed):
            check_past(on, now, f"/confirmed/{n}/on")
            if self.recorded_on is not None and on < self.recorded_on:
                detail = f"It was confirmed before it was recorded on {self.recorded_on.isoformat()}."
                raise InvalidDate(detail, faults=[Fault(f"/confirmed/{n}/on", detail)])
        if self.confirmed and not proposal.evidence:
            detail = "A confirmation from old books needs the document that shows it, as evidence."
            raise InvalidEvidence(detail, faults=[Fault("/evidence", detail)])


@contextmanager
def pointing(pointer: str) -> Iterator[None]:
    """Say where in the record it stands when a step that rests on it is refused."""
    try:
        yield
    except LedgerError as error:
        raise Invalid(error.detail, faults=[Fault(pointer, error.detail)]) from error
