"""Personal data over HTTP: what is held of a firm, and its erasure."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, jsonify

from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.application import personal_data
from ledger.domain.retention import RETENTION
from ledger.subscriptions.plain import plain
from ledger.web.house import house

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("personal_data", __name__)


@endpoint(
    bp,
    "/firms/<uuid:firm>/personal-data",
    Contract("GET", "All personal data held of a firm", "the firm, its coordinator, operator", answer="PersonalData"),
)
def held(firm: UUID) -> Response:
    """Hand out every personal field about a firm, with its place in the log, its purpose, and how long it is kept."""
    found, items = personal_data.held(house().ledger, caller(), firm)
    erased_at = found.erasure.at if found.erasure else None
    kept = [asdict(entry) for entry in RETENTION]
    return jsonify(plain({"firm": firm, "erased_at": erased_at, "retention": kept, "items": items}))


@endpoint(
    bp,
    "/firms/<uuid:firm>/personal-data",
    Contract("DELETE", "Erase a firm's personal data for good", "operator, its coordinator", answer="Erasure"),
)
def erase(firm: UUID) -> Response:
    """Destroy the key of a firm's personal data, certify it, and purge the read models; repeat until complete."""
    certificate, position = personal_data.erase(house().ledger, caller(), firm)
    said = {"firm": str(firm), "erased_at": plain(certificate.at), "erased_by": certificate.actor}
    complete = house().purge(position)
    return jsonify({**said, "fingerprint": certificate.fingerprint, "position": position, "complete": complete})
