"""Which event changes what."""

from __future__ import annotations

from ledger.domain.collaboration import Collaboration
from ledger.domain.firm import Firm
from ledger.projections.collaborations import answers, assessments, disputes, erasing, proposal
from ledger.projections.collaborations.journal import note
from ledger.projections.collaborations.tables import METADATA, VERSION
from ledger.subscriptions.projection import Handler, Projection

HANDLERS: dict[type, Handler] = {
    Collaboration.Proposed: proposal.proposed,
    Collaboration.Amended: proposal.amended,
    Collaboration.EvidenceAttached: proposal.evidence_attached,
    Collaboration.Withdrawn: proposal.withdrawn,
    Collaboration.Accepted: answers.accepted,
    Collaboration.Declined: answers.declined,
    Collaboration.Confirmed: answers.confirmed,
    Collaboration.Completed: assessments.completed,
    Collaboration.Assessed: assessments.assessed,
    Collaboration.Disputed: disputes.disputed,
    Collaboration.Answered: disputes.answered,
    Collaboration.Settled: disputes.settled,
    Firm.Erased: erasing.erased,
}

PROJECTION = Projection("collaborations", VERSION, METADATA, HANDLERS, every=note)
