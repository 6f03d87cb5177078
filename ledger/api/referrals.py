"""Referrals over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, Response, request

from ledger.api.conditional import gone, idempotency_key, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import referrals
from ledger.delivery.referral_token import MEDIA_TYPES, PARTS
from ledger.projections.referrals import queries
from ledger.web.house import house
from ledger.web.referrals import PDF, ROOMS, looked_at, printed, signed
from ledger.web.refusal import Refusal
from ledger.web.schemas.bodies import OutcomeBody, PresentationBody, ReferralBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.subscriptions.reading import Reading

bp = Blueprint("referrals", __name__)
CONCERNED = "the bank, the firm, coordinator"
JSON = "application/json"
SIGNED = tuple((media_type, "SignedReferral") for media_type in MEDIA_TYPES)
OFFERED = f"A referral is served as {JSON}, {', '.join(MEDIA_TYPES)} and {PDF}."


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
    Contract(
        "GET",
        "One referral, with its content",
        CONCERNED,
        query=ReadQuery(),
        answer="Referral",
        served=(*SIGNED, (PDF, "SealedReferral")),
    ),
)
def one(referral: UUID, query: dict[str, Any]) -> Response:
    """Show a referral, true for its position: as JSON, signed, or printed and sealed."""
    wanted = _wanted(JSON, *MEDIA_TYPES, PDF)
    with opened(query, *ROOMS) as reading:
        document = looked_at(reading, caller(), referral)
        if wanted == PDF:
            file = _sent(reading, printed(reading, caller(), document), PDF)
            file.vary.add("Accept-Language")
            return file
        if wanted != JSON:
            return _signed(reading, document, PARTS, wanted)
        response = answered(document, reading)
        response.vary.add("Accept")
        return response


@endpoint(
    bp,
    "/referrals/<uuid:referral>/presentations",
    Contract(
        "POST",
        "A referral to hand on, with a part of its content",
        CONCERNED,
        PresentationBody(),
        waits=True,
        served=SIGNED,
    ),
)
def present(referral: UUID, body: dict[str, Any]) -> Response:
    """Show a referral, signed, with only the named parts disclosed; nothing but a bank's look is recorded."""
    wanted = _wanted(*MEDIA_TYPES)
    with opened({}, *ROOMS) as reading:
        return _signed(reading, looked_at(reading, caller(), referral), body["disclose"], wanted)


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


def _wanted(*offered: str) -> str:
    """Return the media type to answer with; raise `Refusal` when none of them is accepted."""
    best = request.accept_mimetypes.best_match(offered) if request.accept_mimetypes else offered[0]
    if best is None:
        raise Refusal(406, "not-acceptable", OFFERED, {"Vary": "Accept"})
    return best


def _signed(reading: Reading, document: dict[str, Any], parts: Iterable[str], media_type: str) -> Response:
    return _sent(reading, signed(reading, document, parts), media_type)


def _sent(reading: Reading, content: str | bytes, media_type: str) -> Response:
    response = Response(content, content_type=media_type)
    response.headers["Ledger-Position"] = str(reading.position)
    response.vary.add("Accept")
    return response
