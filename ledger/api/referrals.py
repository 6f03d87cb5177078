"""Referrals over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, request

from ledger.api.conditional import gone, idempotency_key, recorded
from ledger.api.credentials import caller, house
from ledger.api.endpoint import Contract, endpoint
from ledger.api.problems import Refusal
from ledger.api.reading import answered, listed, note_look, opened, paging
from ledger.api.schemas.bodies import OutcomeBody, ReferralBody
from ledger.api.schemas.queries import ListQuery, ReadQuery
from ledger.application import referrals
from ledger.delivery.referral_document import compose
from ledger.projections.referrals import queries

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("referrals", __name__)
CONCERNED = "the bank, the firm, coordinator"
ROOMS = ("referrals", "firms", "collaborations", "partnerships", "trust")


@endpoint(
    bp,
    "/referrals",
    Contract(
        "POST",
        "Ask for a firm's referral",
        "bank with consent",
        ReferralBody(),
        answer="Receipt",
        status=201,
        creates=True,
    ),
)
def issue(body: dict[str, Any]) -> Response:
    """Issue a referral."""
    receipt = referrals.issue(house().ledger, caller(), idempotency_key(required=False), **body)
    return recorded(receipt, f"/v1/referrals/{receipt.id}")


@endpoint(
    bp,
    "/referrals",
    Contract("GET", "Referrals received or about one", CONCERNED, query=ListQuery(), answer="Referrals"),
)
def page(query: dict[str, Any]) -> Response:
    """List referrals."""
    with opened(query, "referrals") as reading:
        return listed(queries.page(reading, caller(), **paging(query)), reading)


@endpoint(
    bp,
    "/referrals/<uuid:referral>",
    Contract("GET", "One referral, with its content", CONCERNED, query=ReadQuery(), answer="Referral"),
)
def one(referral: UUID, query: dict[str, Any]) -> Response:
    """Show a referral, true for its position."""
    if request.accept_mimetypes and not request.accept_mimetypes.best_match(["application/json"]):
        raise Refusal(406, "not-acceptable", "A referral is served as application/json.")
    with opened(query, *ROOMS) as reading:
        issued = queries.one(reading, caller(), referral)
        document = compose(reading, caller(), issued)
        note_look(reading, UUID(issued["firm"]), "referral")
        return answered(document, reading)


@endpoint(
    bp, "/referrals/<uuid:referral>", Contract("DELETE", "Declare a referral void", "firm, coordinator", status=204)
)
def revoke(referral: UUID) -> Response:
    """Revoke a referral."""
    return gone(referrals.revoke(house().ledger, caller(), referral))


@endpoint(
    bp,
    "/referrals/<uuid:referral>/outcome",
    Contract(
        "POST",
        "Say what became of the loan",
        "the bank that holds the referral",
        OutcomeBody(),
        answer="Receipt",
        status=201,
    ),
)
def report_outcome(referral: UUID, body: dict[str, Any]) -> Response:
    """Report whether the loan was granted, and about how much; said again, it corrects what was said."""
    receipt = referrals.report_outcome(house().ledger, caller(), referral, **body)
    return recorded(receipt, f"/v1/referrals/{receipt.id}")
