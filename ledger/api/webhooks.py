"""Webhooks over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, jsonify

from ledger.api.conditional import gone, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import webhooks
from ledger.delivery.cloud_events import PREFIX
from ledger.domain.errors import NotFound, StateConflict
from ledger.outbox import attempts, states
from ledger.projections.webhooks import queries
from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.paging import Page
from ledger.subscriptions.plain import plain
from ledger.web.house import house
from ledger.web.schemas.bodies import WebhookBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

    from ledger.outbox.states import Standing

bp = Blueprint("webhooks", __name__)
HOLDER = "its holder, operator"
MOST = 20  # of one holder: each is an address that the courier sends everything to


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
    with house().views.read("webhooks") as opening:
        if queries.count(opening, caller()) >= MOST:
            raise StateConflict(f"A caller has at most {MOST} webhooks; remove one first.")
    types = [type_.removeprefix(PREFIX) for type_ in body.get("types", [])]
    local = house().settings.webhooks_local
    secret, receipt = webhooks.register(house().ledger, caller(), url=body["url"], types=types, local=local)
    return recorded(receipt, f"/v1/webhooks/{receipt.id}", secret=secret)


@endpoint(bp, "/webhooks", Contract("GET", "One's webhooks", HOLDER, query=ListQuery(), answer="Webhooks"))
def page(query: dict[str, Any]) -> Response:
    """List webhooks, and how it goes with each."""
    with opened(query, "webhooks") as opening:
        found = queries.page(opening, caller(), **paging(query))
        return listed(Page([_with_standing(item) for item in found.items], found.next), opening)


@endpoint(bp, "/webhooks/<uuid:webhook>", Contract("GET", "One webhook", HOLDER, query=ReadQuery(), answer="Webhook"))
def one(webhook: UUID, query: dict[str, Any]) -> Response:
    """Show a webhook without its secret, and how it goes with it."""
    with opened(query, "webhooks") as opening:
        return answered(_with_standing(queries.one(opening, caller(), webhook)), opening)


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
        queries.one(opening, caller(), webhook)
        with reading(house().log_engine) as connection:
            found = attempts.page(connection, webhook, **paging(query))
        items = [{**item, "type": PREFIX + item["type"]} for item in found.items]
        return listed(Page(items, found.next), opening)


@endpoint(
    bp,
    "/webhooks/<uuid:webhook>/deliveries/<int:number>/redelivery",
    Contract("POST", "Send an event once more", HOLDER, answer="Redelivery", status=202),
)
def redeliver(webhook: UUID, number: int) -> Response:
    """Ask for the event of a delivery to be sent once more; a webhook that was given up is taken up again."""
    webhooks.own(house().ledger, caller(), webhook)
    with writing(house().log_engine) as connection:
        if not attempts.ask_again(connection, webhook, number):
            raise NotFound("There is no such delivery.")
        states.take_up(connection, webhook)
    response = jsonify(webhook=str(webhook), number=number)
    response.status_code = 202
    return response


def _with_standing(item: dict[str, Any]) -> dict[str, Any]:
    with reading(house().log_engine) as connection:
        standing = states.standing(connection, UUID(item["id"]))
    types = [PREFIX + type_ for type_ in item["types"]]
    return {**item, "types": types, **_told(standing)}


def _told(standing: Standing | None) -> dict[str, Any]:
    if standing is None:
        return {"state": states.State.ACTIVE, "delivered_position": None, "failing_since": None, "next_at": None}
    shown = {"failing_since": standing.failing_since, "next_at": standing.next_at}
    return {"state": standing.state, "delivered_position": standing.position, **plain(shown)}
