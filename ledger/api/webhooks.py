"""Webhooks over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify

from ledger.api.conditional import gone, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import webhooks
from ledger.web import webhooks as shown
from ledger.web.house import house
from ledger.web.schemas.bodies import WebhookBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

bp = Blueprint("webhooks", __name__)
HOLDER = "its holder, operator"


@endpoint(
    bp,
    "/webhooks",
    Contract(
        "POST",
        "Have one's events sent; the secret is shown this once",
        "all",
        WebhookBody(),
        answer="WebhookReceipt",
        status=201,
    ),
)
def register(body: dict[str, Any]) -> Response:
    """Register a webhook: from now on it is sent what GET /v1/events tells the caller."""
    secret, receipt = shown.register(caller(), body["url"], body.get("types", []))
    return recorded(receipt, f"/v1/webhooks/{receipt.id}", secret=secret)


@endpoint(bp, "/webhooks", Contract("GET", "One's webhooks", HOLDER, query=ListQuery(), answer="Webhooks"))
def page(query: dict[str, Any]) -> Response:
    """List webhooks, and how it goes with each."""
    with opened(query, "webhooks") as opening:
        return listed(shown.page(opening, caller(), **paging(query)), opening)


@endpoint(bp, "/webhooks/<uuid:webhook>", Contract("GET", "One webhook", HOLDER, query=ReadQuery(), answer="Webhook"))
def one(webhook: UUID, query: dict[str, Any]) -> Response:
    """Show a webhook without its secret, and how it goes with it."""
    with opened(query, "webhooks") as opening:
        return answered(shown.one(opening, caller(), webhook), opening)


@endpoint(bp, "/webhooks/<uuid:webhook>", Contract("DELETE", "Send nothing more", HOLDER, status=204))
def remove(webhook: UUID) -> Response:
    """Remove a webhook."""
    return gone(webhooks.remove(house().ledger, caller(), webhook))


@endpoint(
    bp,
    "/webhooks/<uuid:webhook>/deliveries",
    Contract("GET", "Its last deliveries", HOLDER, query=ListQuery(), answer="Deliveries"),
)
def deliveries(webhook: UUID, query: dict[str, Any]) -> Response:
    """List the last 200 attempts to send something, the newest first."""
    with opened(query, "webhooks") as opening:
        return listed(shown.deliveries(opening, caller(), webhook, **paging(query)), opening)


@endpoint(
    bp,
    "/webhooks/<uuid:webhook>/deliveries/<int:number>/redelivery",
    Contract("POST", "Send an event once more", HOLDER, answer="Redelivery", status=202),
)
def redeliver(webhook: UUID, number: int) -> Response:
    """Ask for the event of a delivery to be sent once more; a webhook that was given up is taken up again."""
    shown.ask_again(caller(), webhook, number)
    response = jsonify(webhook=str(webhook), number=number)
    response.status_code = 202
    return response
