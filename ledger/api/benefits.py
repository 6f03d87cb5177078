"""Over HTTP, what firms have of it: looks, referrals, loans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint

from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, opened
from ledger.projections.benefits import queries
from ledger.web.schemas.queries import ReadQuery

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

bp = Blueprint("benefits", __name__)


@endpoint(
    bp,
    "/firms/<uuid:firm>/benefits",
    Contract("GET", "Looks, referrals and loans of a firm", "the firm", query=ReadQuery(), answer="FirmBenefits"),
)
def of_firm(firm: UUID, query: dict[str, Any]) -> Response:
    """Show a firm, year by year, how often banks looked, asked for referrals, and lent."""
    with opened(query, "benefits") as reading:
        return answered(queries.of_firm(reading, caller(), firm), reading)


@endpoint(
    bp,
    "/networks/<uuid:network>/benefits",
    Contract(
        "GET",
        "Looks, referrals and loans of a network",
        "operator, its coordinator",
        query=ReadQuery(),
        answer="NetworkBenefits",
    ),
)
def of_network(network: UUID, query: dict[str, Any]) -> Response:
    """Add them up over a network's firms, without what would tell of a single one."""
    with opened(query, "benefits") as reading:
        return answered(queries.of_network(reading, caller(), network), reading)
