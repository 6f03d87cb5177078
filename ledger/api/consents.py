"""Consents over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import gone, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import consents
from ledger.projections.consents import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import ConsentBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("consents", __name__)
CONCERNED = "the firm, the bank, coordinator"


@endpoint(
    bp,
    "/consents",
    Contract(
        "POST", "Let a bank look, for a purpose, until a day", "firm", ConsentBody(), answer="Receipt", status=201
    ),
)
def grant(body: dict[str, Any]) -> Response:
    """Give consent."""
    receipt = consents.grant(house().ledger, caller(), **body)
    return recorded(receipt, f"/v1/consents/{receipt.id}")


@endpoint(
    bp, "/consents", Contract("GET", "Consents given or received", CONCERNED, query=ListQuery(), answer="Consents")
)
def page(query: dict[str, Any]) -> Response:
    """List consents."""
    with opened(query) as reading:
        return listed(queries.page(reading, caller(), **paging(query)), reading)


@endpoint(
    bp, "/consents/<uuid:consent>", Contract("GET", "One consent", CONCERNED, query=ReadQuery(), answer="Consent")
)
def one(consent: UUID, query: dict[str, Any]) -> Response:
    """Show a consent."""
    with opened(query) as reading:
        return answered(queries.one(reading, caller(), consent), reading)


@endpoint(bp, "/consents/<uuid:consent>", Contract("DELETE", "Take a consent back, at once", "firm", status=204))
def withdraw(consent: UUID) -> Response:
    """Withdraw consent."""
    return gone(consents.withdraw(house().ledger, caller(), consent))
