"""The steps in a collaboration's life over HTTP; each rests on the version that If-Match names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import expected_version, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.application import collaborations as commands
from ledger.application.collaborations import Target
from ledger.domain.collaboration import Outcome
from ledger.web.house import house
from ledger.web.schemas import collaborations as schemas

if TYPE_CHECKING:
    from flask import Response
    from marshmallow import Schema

    from ledger.application.ledger import Receipt

bp = Blueprint("steps", __name__)
RULE = "/collaborations/<uuid:id_>"
PARTY = "a party, coordinator"


def _contract(summary: str, body: Schema, roles: str = PARTY) -> Contract:
    return Contract("POST", summary, roles, body, answer="Receipt", status=201, changes=True)


@endpoint(bp, f"{RULE}/acceptances", _contract("Agree that this is what was done", schemas.StepBody()))
def accept(id_: UUID, body: dict[str, Any]) -> Response:
    """Accept."""
    return _taken(commands.accept(house().ledger, caller(), _target(id_, body)))


@endpoint(bp, f"{RULE}/declines", _contract("Say that this is not what was done", schemas.ReasonBody()))
def decline(id_: UUID, body: dict[str, Any]) -> Response:
    """Decline."""
    return _taken(commands.decline(house().ledger, caller(), _target(id_, body), **body))


@endpoint(bp, f"{RULE}/completion", _contract("State when the work was finished", schemas.CompletionBody()))
def complete(id_: UUID, body: dict[str, Any]) -> Response:
    """Complete."""
    return _taken(commands.complete(house().ledger, caller(), _target(id_, body), **body))


@endpoint(bp, f"{RULE}/assessments", _contract("Say how another party did", schemas.AssessmentBody()))
def assess(id_: UUID, body: dict[str, Any]) -> Response:
    """Assess."""
    return _taken(commands.assess(house().ledger, caller(), _target(id_, body), assessment=body))


@endpoint(
    bp, f"{RULE}/amendments", _contract("Correct the record; the others are asked again", schemas.AmendmentBody())
)
def amend(id_: UUID, body: dict[str, Any]) -> Response:
    """Amend."""
    return _taken(commands.amend(house().ledger, caller(), _target(id_, body), **body))


@endpoint(bp, f"{RULE}/evidence", _contract("Back the record with a document", schemas.EvidenceBody()))
def attach_evidence(id_: UUID, body: dict[str, Any]) -> Response:
    """Attach evidence."""
    target = _target(id_, body)
    return _taken(commands.attach_evidence(house().ledger, caller(), target, evidence=body))  # type: ignore[arg-type]


@endpoint(bp, f"{RULE}/withdrawal", _contract("Take back what one proposed", schemas.ReasonBody(), "the proposer"))
def withdraw(id_: UUID, body: dict[str, Any]) -> Response:
    """Withdraw."""
    return _taken(commands.withdraw(house().ledger, caller(), _target(id_, body), **body))


@endpoint(bp, f"{RULE}/disputes", _contract("Contest what counts", schemas.DisputeBody()))
def dispute(id_: UUID, body: dict[str, Any]) -> Response:
    """Dispute."""
    number, receipt = commands.dispute(house().ledger, caller(), _target(id_, body), **body)
    return recorded(receipt, f"/v1/collaborations/{id_}", number=number)


@endpoint(
    bp, f"{RULE}/disputes/<int:number>/answers", _contract("Answer a dispute", schemas.AnswerBody(), "other party")
)
def answer(id_: UUID, number: int, body: dict[str, Any]) -> Response:
    """Answer a dispute."""
    return _taken(commands.answer(house().ledger, caller(), _target(id_, body), number, **body))


@endpoint(
    bp,
    f"{RULE}/disputes/<int:number>/settlement",
    _contract("Decide a dispute: upheld, amended or struck", schemas.SettlementBody(), "coordinator"),
)
def settle(id_: UUID, number: int, body: dict[str, Any]) -> Response:
    """Settle a dispute."""
    outcome = Outcome(body.pop("outcome"))
    target = _target(id_, body)
    return _taken(commands.settle(house().ledger, caller(), target, number, outcome=outcome, **body))


def _target(id_: UUID, body: dict[str, Any]) -> Target:
    """Take who acts out of the body; what is left of it belongs to the step itself."""
    return Target(id_, body.pop("firm", None), expected_version())


def _taken(receipt: Receipt) -> Response:
    return recorded(receipt, f"/v1/collaborations/{receipt.id}")
