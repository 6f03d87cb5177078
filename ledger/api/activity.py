"""Over HTTP, what a network's coordinator watches: activity, figures, map, yearly report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import Blueprint

from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, filters, listed, opened, paging
from ledger.domain.errors import NotFound
from ledger.projections.activity import queries, yearly
from ledger.projections.benefits import queries as benefits
from ledger.projections.network_map import queries as maps
from ledger.web.schemas.queries import ActivityQuery, IndicatorsQuery, MapQuery, ReadQuery

if TYPE_CHECKING:
    from uuid import UUID

    from flask import Response

bp = Blueprint("activity", __name__)
OFFICE = "operator, its coordinator"


@endpoint(
    bp,
    "/networks/<uuid:network>/activity",
    Contract("GET", "What happened in a network", OFFICE, query=ActivityQuery(), answer="NetworkActivity"),
)
def activity(network: UUID, query: dict[str, Any]) -> Response:
    """List what happened, the latest first."""
    with opened(query, "activity") as reading:
        asked = filters(query, "what", "kind", "firm", "outcome", "year")
        return listed(queries.activity(reading, caller(), network, **asked, **paging(query)), reading)


@endpoint(
    bp,
    "/networks/<uuid:network>/indicators",
    Contract("GET", "How a network does", OFFICE, query=IndicatorsQuery(), answer="Indicators"),
)
def indicators(network: UUID, query: dict[str, Any]) -> Response:
    """Show the figures of the last months, and the firms that hold the network together."""
    with opened(query, "activity", "network_map") as reading:
        asked = filters(query, "months", "sector", "country")
        found = queries.indicators(reading, caller(), network, **asked)
        return answered({**found, "brokers": maps.brokers(reading, caller(), network)}, reading)


@endpoint(
    bp,
    "/networks/<uuid:network>/map",
    Contract("GET", "Who works with whom", OFFICE, query=MapQuery(), answer="NetworkMap"),
)
def show_map(network: UUID, query: dict[str, Any]) -> Response:
    """Show the map."""
    with opened(query, "network_map") as reading:
        return answered(maps.network_map(reading, caller(), network, **filters(query, "focus", "year")), reading)


@endpoint(
    bp,
    "/networks/<uuid:network>/reports/<int:year>",
    Contract("GET", "A network's year", OFFICE, query=ReadQuery(), answer="YearlyReport"),
)
def report(network: UUID, year: int, query: dict[str, Any]) -> Response:
    """Show a year beside the one before, with what banks have done in it."""
    if year not in yearly.YEARS:
        raise NotFound("There is no report on such a year.")
    with opened(query, "activity", "benefits") as reading:
        found = yearly.report(reading, caller(), network, year)
        banks = benefits.of_network(reading, caller(), network)
        loans = next((one for one in banks["years"] if one["year"] == year), None)
        return answered({**found, "banks": loans}, reading)
