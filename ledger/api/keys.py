"""API keys over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import gone, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import keys
from ledger.domain.actor import Role
from ledger.projections.keys import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import KeyBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("keys", __name__)


@endpoint(
    bp,
    "/keys",
    Contract("POST", "Issue a key; its secret is shown this once", "all", KeyBody(), answer="KeyReceipt", status=201),
)
def issue(body: dict[str, Any]) -> Response:
    """Issue a key."""
    role, subject = Role(body.pop("role")), body.pop("subject", None)
    secret, receipt = keys.issue(house().ledger, caller(), role, subject, **body)
    return recorded(receipt, f"/v1/keys/{receipt.id}", key=secret)


@endpoint(bp, "/keys", Contract("GET", "Who holds which key", "all", query=ListQuery(), answer="Keys"))
def page(query: dict[str, Any]) -> Response:
    """List keys."""
    with opened(query, "keys") as reading:
        return listed(queries.page(reading, caller(), **paging(query)), reading)


@endpoint(
    bp, "/keys/<uuid:key>", Contract("GET", "One key, without its secret", "all", query=ReadQuery(), answer="Key")
)
def one(key: UUID, query: dict[str, Any]) -> Response:
    """Show a key."""
    with opened(query, "keys") as reading:
        return answered(queries.one(reading, caller(), key), reading)


@endpoint(bp, "/keys/<uuid:key>", Contract("DELETE", "Close a key for good", "all", status=204))
def revoke(key: UUID) -> Response:
    """Revoke a key."""
    return gone(keys.revoke(house().ledger, caller(), key))
