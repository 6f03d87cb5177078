"""Collaborations over HTTP."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, jsonify

from ledger.api.conditional import idempotency_key, receipt_body, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.problems import from_ledger
from ledger.api.reading import answered, filters, listed, note_looks, opened, paging
from ledger.application.access import require
from ledger.application.batches import Entered, propose_many
from ledger.application.collaborations import enter
from ledger.domain.actor import Role
from ledger.domain.errors import Fault, InvalidRequest
from ledger.projections.collaborations import queries
from ledger.subscriptions.paging import Page
from ledger.web.counted import asked_of, counted_work, network_of
from ledger.web.entries import answered as answered_each
from ledger.web.entries import entry_of, loaded
from ledger.web.house import house
from ledger.web.schemas.collaborations import BatchBody, BatchItem, CollaborationBody
from ledger.web.schemas.queries import ListQuery, ReadQuery, WorkQuery

if TYPE_CHECKING:
    from flask import Response

    from ledger.application.batches import Result

bp = Blueprint("collaborations", __name__)
CONCERNED = "parties, coordinator, a bank with a party's consent"
ITEM = BatchItem()


@endpoint(
    bp,
    "/collaborations",
    Contract(
        "POST",
        "Record joint work",
        "firm, coordinator",
        CollaborationBody(),
        answer="Receipt",
        status=201,
        creates=True,
        keyed=True,
    ),
)
def propose(body: dict[str, Any]) -> Response:
    """Record joint work, finished or agreed upon."""
    receipt = enter(house().ledger, caller(), entry_of(body, idempotency_key(required=True)))
    return recorded(receipt, f"/v1/collaborations/{receipt.id}")


@endpoint(
    bp,
    "/collaborations/batch",
    Contract("POST", "Record up to 1,000 collaborations", "firm, coordinator", BatchBody(), answer="BatchResults"),
)
def propose_batch(body: dict[str, Any]) -> Response:
    """Record many; each stands or falls by itself, and the results come in the same order."""
    require(caller(), Role.FIRM, Role.COORDINATOR)
    items, record = body["items"], partial(propose_many, house().ledger, caller())
    results = answered_each([loaded(ITEM, item) for item in items], record)
    shown = [_result(n, item, result) for n, (item, result) in enumerate(zip(items, results, strict=True))]
    response = jsonify({"results": shown})
    response.headers["Ledger-Position"] = str(house().ledger.head())
    return response


@endpoint(
    bp,
    "/collaborations",
    Contract("GET", "Collaborations that the caller may see", CONCERNED, query=WorkQuery(), answer="Collaborations"),
)
def page(query: dict[str, Any]) -> Response:
    """List collaborations; a bank names the firm whose work it looks at, an office may ask what a figure counts."""
    if "counted" in query:
        return _counted(query)
    if caller().role is Role.BANK and "firm" not in query:
        detail = "A bank names the firm that it looks at."
        raise InvalidRequest(detail, faults=[Fault("/firm", detail)])
    chosen = filters(query, "firm", "kind", "state", "since", "until")
    with opened(query, "collaborations") as reading:
        found = queries.page(reading, caller(), **chosen, **paging(query))
        if "firm" in query:
            note_looks(reading, found.items, "collaborations", query["firm"])
        return listed(found, reading)


@endpoint(
    bp,
    "/collaborations/<uuid:id_>",
    Contract("GET", "One collaboration", CONCERNED, query=ReadQuery(), answer="Collaboration"),
)
def one(id_: UUID, query: dict[str, Any]) -> Response:
    """Show a collaboration."""
    with opened(query, "collaborations") as reading:
        found = queries.one(reading, caller(), id_)
        note_looks(reading, [found], f"collaboration {id_}")
        return answered(found, reading)


@endpoint(
    bp,
    "/collaborations/<uuid:id_>/events",
    Contract("GET", "Everything that happened to it", CONCERNED, query=ListQuery(), answer="CollaborationEvents"),
)
def events(id_: UUID, query: dict[str, Any]) -> Response:
    """List a collaboration's events."""
    with opened(query, "collaborations") as reading:
        found = queries.events(reading, caller(), id_, **paging(query))
        if caller().role is Role.BANK:  # the others leave no trace, and need not have it read twice
            note_looks(reading, [queries.one(reading, caller(), id_)], f"collaboration {id_}")
        return listed(found, reading)


def _counted(query: dict[str, Any]) -> Response:
    require(caller(), Role.COORDINATOR)
    with opened(query, "collaborations", "activity") as reading:
        found = counted_work(reading, caller(), network_of(caller()), asked_of(query), **paging(query))
        return listed(Page(found.items, found.next), reading)


def _result(n: int, item: Any, result: Result) -> dict[str, Any]:
    key = item.get("key") if isinstance(item, dict) and isinstance(item.get("key"), str) else None
    if isinstance(result, Entered):
        return {"key": key, "status": 201, **receipt_body(result.receipt)}
    refused = from_ledger(result)
    return {"key": key, "status": refused.status_code, "index": n, "problem": refused.get_json(force=True)}
