"""Epochs of the trust score over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import idempotency_key, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.application import epochs
from ledger.web.house import house
from ledger.web.schemas.bodies import EpochBody

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("epochs", __name__)


@endpoint(
    bp,
    "/networks/<uuid:network>/epochs",
    Contract(
        "POST",
        "Close an epoch of the trust score, now",
        "operator, coordinator",
        EpochBody(),
        answer="Receipt",
        status=201,
        creates=True,
    ),
)
def close(network: UUID, body: dict[str, Any]) -> Response:
    """Close an epoch."""
    receipt = epochs.close(house().ledger, caller(), network, idempotency_key(required=False), **body)
    return recorded(receipt, f"/v1/networks/{network}")
