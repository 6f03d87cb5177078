"""Offers of capacity over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import gone, idempotency_key, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import filters, listed, opened, paging
from ledger.application import offers
from ledger.application.access import require
from ledger.domain.actor import Role
from ledger.projections.offers import queries
from ledger.web.house import house
from ledger.web.schemas.offers import OfferBody, OffersQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("offers", __name__)
NETWORK = "firms of the network, coordinator, operator"


@endpoint(
    bp,
    "/capacity-offers",
    Contract(
        "POST",
        "Offer or seek capacity",
        "firm, coordinator",
        OfferBody(),
        answer="Receipt",
        status=201,
        creates=True,
        keyed=True,
    ),
)
def offer(body: dict[str, Any]) -> Response:
    """Say what capacity a firm has free or seeks."""
    receipt = offers.offer(house().ledger, caller(), idempotency_key(required=True), **body)
    return recorded(receipt, "/v1/capacity-offers")


@endpoint(
    bp,
    "/capacity-offers",
    Contract("GET", "What capacity is free or sought", NETWORK, query=OffersQuery(), answer="CapacityOffers"),
)
def page(query: dict[str, Any]) -> Response:
    """List what stands today."""
    require(caller(), Role.FIRM, Role.COORDINATOR, Role.OPERATOR)
    with opened(query, "offers") as reading:
        chosen = filters(query, "direction", "resource", "firm")
        return listed(queries.page(reading, caller(), **chosen, **paging(query)), reading)


@endpoint(
    bp,
    "/capacity-offers/<uuid:offer>",
    Contract("DELETE", "Take an offer of capacity back", "the firm, coordinator", status=204),
)
def withdraw(offer: UUID) -> Response:
    """Withdraw an offer."""
    return gone(offers.withdraw(house().ledger, caller(), offer))
