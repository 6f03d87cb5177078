"""Networks and banks over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import expected_version, idempotency_key, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import banks, networks
from ledger.projections.audit_log import queries as audit_log
from ledger.projections.networks import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import BankBody, HandoverBody, NetworkBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("networks", __name__)


@endpoint(
    bp,
    "/networks",
    Contract("POST", "Set up a network", "operator", NetworkBody(), answer="Receipt", status=201, creates=True),
)
def found(body: dict[str, Any]) -> Response:
    """Set up a network."""
    receipt = networks.found(house().ledger, caller(), idempotency_key(required=False), **body)
    return recorded(receipt, f"/v1/networks/{receipt.id}")


@endpoint(
    bp, "/networks", Contract("GET", "Networks that the caller belongs to", "all", query=ListQuery(), answer="Networks")
)
def networks_page(query: dict[str, Any]) -> Response:
    """List networks."""
    with opened(query, "networks") as reading:
        return listed(queries.networks(reading, caller(), **paging(query)), reading)


@endpoint(
    bp,
    "/networks/<uuid:network>",
    Contract("GET", "One network", "operator, its members", query=ReadQuery(), answer="Network"),
)
def network_one(network: UUID, query: dict[str, Any]) -> Response:
    """Show a network."""
    with opened(query, "networks") as reading:
        return answered(queries.network(reading, caller(), network), reading)


@endpoint(
    bp,
    "/networks/<uuid:network>/handover",
    Contract(
        "POST",
        "Hand a network over to another office",
        "operator",
        HandoverBody(),
        answer="Receipt",
        status=201,
        changes=True,
    ),
)
def hand_over(network: UUID, body: dict[str, Any]) -> Response:
    """Hand a network over."""
    receipt = networks.hand_over(house().ledger, caller(), network, expected_version(), **body)
    return recorded(receipt, f"/v1/networks/{network}")


@endpoint(
    bp,
    "/banks",
    Contract("POST", "Register a bank", "operator", BankBody(), answer="Receipt", status=201, creates=True),
)
def register(body: dict[str, Any]) -> Response:
    """Register a bank."""
    receipt = banks.register(house().ledger, caller(), idempotency_key(required=False), **body)
    return recorded(receipt, f"/v1/banks/{receipt.id}")


@endpoint(
    bp, "/banks", Contract("GET", "Banks that a firm may give consent to", "all", query=ListQuery(), answer="Banks")
)
def banks_page(query: dict[str, Any]) -> Response:
    """List banks."""
    with opened(query, "networks") as reading:
        return listed(queries.banks(reading, caller(), **paging(query)), reading)


@endpoint(bp, "/banks/<uuid:bank>", Contract("GET", "One bank", "all", query=ReadQuery(), answer="Bank"))
def bank_one(bank: UUID, query: dict[str, Any]) -> Response:
    """Show a bank."""
    with opened(query, "networks") as reading:
        return answered(queries.bank(reading, caller(), bank), reading)


@endpoint(
    bp,
    "/banks/<uuid:bank>/query-log",
    Contract(
        "GET",
        "What a bank looked at, when, for which purpose",
        "the bank, operator",
        query=ListQuery(),
        answer="QueryLog",
    ),
)
def query_log(bank: UUID, query: dict[str, Any]) -> Response:
    """Show a bank its own looks, from which firms see theirs."""
    with opened(query, "audit_log") as reading:
        return listed(audit_log.of_bank(reading, caller(), bank=bank, **paging(query)), reading)
