"""Keys over HTTP: of programs with a secret, and of programs with access tokens of an issuer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import gone, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import keys
from ledger.domain.actor import Role
from ledger.domain.errors import Fault, InvalidRequest
from ledger.projections.keys import queries
from ledger.web.house import house
from ledger.web.key_uses import with_last_use
from ledger.web.schemas.bodies import KeyBody, RotationBody
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
    """Issue a key, narrowed to scopes if any are named; to a client it is issued without a secret."""
    role, subject, client = Role(body.pop("role")), body.pop("subject", None), body.pop("client", None)
    if client is not None:
        _check_issuer(client["issuer"])
        receipt = keys.issue_to_client(house().ledger, caller(), role, subject, client, **body)
        return recorded(receipt, f"/v1/keys/{receipt.id}")
    secret, receipt = keys.issue(house().ledger, caller(), role, subject, **body)
    return recorded(receipt, f"/v1/keys/{receipt.id}", key=secret)


@endpoint(bp, "/keys", Contract("GET", "Who holds which key", "all", query=ListQuery(), answer="Keys"))
def page(query: dict[str, Any]) -> Response:
    """List keys."""
    with opened(query, "keys") as reading:
        found = queries.page(reading, caller(), **paging(query))
        return listed(replace(found, items=with_last_use(found.items, query)), reading)


@endpoint(
    bp, "/keys/<uuid:key>", Contract("GET", "One key, without its secret", "all", query=ReadQuery(), answer="Key")
)
def one(key: UUID, query: dict[str, Any]) -> Response:
    """Show a key."""
    with opened(query, "keys") as reading:
        (shown,) = with_last_use([queries.one(reading, caller(), key)], query)
        return answered(shown, reading)


@endpoint(
    bp,
    "/keys/<uuid:key>/rotation",
    Contract(
        "POST",
        "Put a new key in the place of one; its secret is shown this once",
        "all",
        RotationBody(),
        answer="KeyReceipt",
        status=201,
    ),
)
def rotate(key: UUID, body: dict[str, Any]) -> Response:
    """Issue a new key to the same holder with the same label and scopes, and let the old one end."""
    grace, expires_at = timedelta(hours=body["grace_hours"]), body.get("expires_at")
    secret, receipt = keys.rotate(house().ledger, caller(), key, grace=grace, expires_at=expires_at)
    return recorded(receipt, f"/v1/keys/{receipt.id}", key=secret)


@endpoint(bp, "/keys/<uuid:key>", Contract("DELETE", "Close a key for good", "all", status=204))
def revoke(key: UUID) -> Response:
    """Revoke a key."""
    return gone(keys.revoke(house().ledger, caller(), key))


def _check_issuer(issuer: str) -> None:
    tokens = house().access_tokens
    known = tokens.issuers if tokens else ()
    if issuer not in known:
        detail = f"Access tokens are taken of {', '.join(known) or 'no issuer'} here."
        raise InvalidRequest(detail, faults=[Fault("/client/issuer", detail)])
