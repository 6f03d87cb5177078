"""Acting for a firm: whose word an event is, whoever gave it; a network's office enters for its firms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.domain.collaboration import Collaboration
from ledger.domain.firm import Firm
from ledger.domain.offer import Offer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ledger.domain.event import Fact

# The events by which a firm says something, and the field that names it. What the office says itself is not among
# them (a settlement, a verification), nor what only follows from a word (a confirmation).
WORDS: Mapping[type[Fact], str] = {
    Collaboration.Proposed: "proposed_by",
    Collaboration.Accepted: "by",
    Collaboration.Declined: "by",
    Collaboration.Completed: "by",
    Collaboration.Assessed: "by",
    Collaboration.Amended: "by",
    Collaboration.EvidenceAttached: "by",
    Collaboration.Withdrawn: "by",
    Collaboration.Disputed: "by",
    Collaboration.Answered: "by",
    Offer.Offered: "firm",
    Firm.Updated: "originator_id",
    Firm.HeadcountReported: "originator_id",
}


def speaks(event: Any) -> UUID | None:
    """Return the firm whose word this is, None where no firm speaks."""
    field = WORDS.get(type(event))
    return None if field is None else getattr(event, field)
