"""Whether the service lives, and whether it is ready to answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint, jsonify

from ledger.api.endpoint import Contract, endpoint
from ledger.store.errors import StoreError
from ledger.web.house import house

if TYPE_CHECKING:
    from flask import Response

    from ledger.subscriptions.catching_up import Stand

bp = Blueprint("health", __name__)


@endpoint(bp, "/health/live", Contract("GET", "The process answers", "anyone", answer="Life", public=True))
def live() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "alive"})


@endpoint(bp, "/health/ready", Contract("GET", "Log and read models answer", "anyone", answer="Readiness", public=True))
def ready() -> Response:
    """Say where the log and each projection stand; 503 when the log is away or a projection has failed.

    A ledger whose sealing has stopped goes on answering: it is told, and no reason to send callers elsewhere.
    """
    try:
        position, stands, seals = house().store.head(), house().follower.stand(), house().seals.stand()
    except StoreError:
        return _answer({"status": "unavailable", "position": None, "projections": [], "sealing": None}, 503)
    failed = any(stand.error for stand in stands)
    # What an alarm says is for the operator: `ledger doctor` tells it.
    sealing = {"position": seals.position, "lag": max(0, position - seals.position), "stopped": seals.alarm is not None}
    body = {"status": "failed" if failed else "ready", "position": position, "projections": [_row(s) for s in stands]}
    return _answer({**body, "sealing": sealing}, 503 if failed else 200)


def _row(stand: Stand) -> dict[str, Any]:
    # The error's text may hold what an event says; here it is only told that and where, `ledger doctor` tells all.
    return {
        "name": stand.key,
        "position": stand.position,
        "lag": stand.lag,
        "failed_at": stand.error_position,
    }


def _answer(body: dict[str, Any], status: int) -> Response:
    response = jsonify(body)
    response.status_code = status
    return response
