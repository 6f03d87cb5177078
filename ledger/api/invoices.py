"""E-invoices over HTTP: a document in, a draft out; nothing is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from flask import Blueprint, jsonify, request

from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import opened
from ledger.application.access import require
from ledger.domain.actor import Role
from ledger.intake.matching import KnownFirm
from ledger.projections.firms import queries as firms
from ledger.web.house import house
from ledger.web.json_body import read_bytes
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("invoices", __name__)


@endpoint(
    bp,
    "/invoices",
    Contract(
        "POST",
        "Read an XRechnung, UBL, CII or ZUGFeRD document into a draft",
        "firm, coordinator",
        answer="Draft",
        media_types=("application/xml", "application/pdf"),
    ),
)
def read() -> Response:
    """Read an invoice into a draft for POST /collaborations."""
    from ledger.intake.drafts import draft

    require(caller(), Role.FIRM, Role.COORDINATOR)
    document = read_bytes()
    if not document:
        raise Refusal(400, "malformed", "Send the XML or PDF document itself as the body.")
    drafted = draft(document, _known_firms(), request.mimetype or None, largest=house().settings.document_limit)
    return jsonify({"draft": drafted.body, "warnings": drafted.warnings, "document": drafted.document})


def _known_firms() -> list[KnownFirm]:
    with opened({}, "firms") as reading:
        return [
            KnownFirm(UUID(firm["id"]), firm["name"], firm["country"], firm["town"], firm["identifiers"])
            for firm in firms.directory(reading, caller())
        ]
