"""Firms over HTTP: admission, profile, verification, and what the ledger knows of a firm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint

from ledger.api.conditional import changed, expected_version, idempotency_key, recorded
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, filters, linked, listed, note_look, note_looks, opened, paging
from ledger.application import firms
from ledger.application.access import require
from ledger.domain.actor import Role
from ledger.domain.firm import Profile
from ledger.projections.audit_log import queries as audit_log
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.firms import queries
from ledger.projections.partnerships import queries as partnerships
from ledger.projections.trust import queries as trust
from ledger.web import speakers
from ledger.web.counted import counted_firms, network_of
from ledger.web.house import house
from ledger.web.schemas.bodies import DisclosureBody, FirmBody, FirmPatch, HeadcountBody, VerificationBody
from ledger.web.schemas.queries import HistoryQuery, ListQuery, MembersQuery, PeriodQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("firms", __name__)
CONCERNED = "the firm, its coordinator, a bank with consent"


@endpoint(
    bp,
    "/firms",
    Contract("POST", "Admit a firm", "coordinator", FirmBody(), answer="Receipt", status=201, creates=True),
)
def admit(body: dict[str, Any]) -> Response:
    """Admit a firm."""
    profile = Profile(**{**body, "capabilities": tuple(body.get("capabilities", ()))})
    receipt = firms.admit(house().ledger, caller(), idempotency_key(required=False), profile)
    return recorded(receipt, f"/v1/firms/{receipt.id}")


@endpoint(bp, "/firms", Contract("GET", "Firms that the caller may see", "all", query=MembersQuery(), answer="Firms"))
def page(query: dict[str, Any]) -> Response:
    """List firms; an office may ask for those that a figure counts."""
    chosen = filters(query, "q", "country", "sector", "capability")
    figure = query.keys() & {"worked_from", "admitted_to"}
    if figure:
        require(caller(), Role.COORDINATOR)
    with opened(query, "firms", *(("activity",) if figure else ())) as reading:
        if figure:
            chosen["among"] = counted_firms(reading, caller(), network_of(caller()), query)
        found = queries.page(reading, caller(), **chosen, **paging(query))
        for firm in found.items:
            note_look(reading, UUID(firm["id"]), "profile")
        return listed(found, reading)


@endpoint(bp, "/firms/<uuid:firm>", Contract("GET", "One firm", CONCERNED, query=ReadQuery(), answer="Firm"))
def one(firm: UUID, query: dict[str, Any]) -> Response:
    """Show a firm."""
    with opened(query, "firms") as reading:
        found = queries.one(reading, caller(), firm)
        note_look(reading, firm, "profile")
        return answered(found, reading)


@endpoint(
    bp,
    "/firms/<uuid:firm>",
    Contract("PATCH", "Change a profile", "the firm, coordinator", FirmPatch(), answer="Receipt", changes=True),
)
def update(firm: UUID, body: dict[str, Any]) -> Response:
    """Change a firm's profile."""
    if "capabilities" in body:
        body["capabilities"] = tuple(body["capabilities"])
    return changed(firms.update(house().ledger, caller(), firm, body, expected_version()))


@endpoint(
    bp,
    "/firms/<uuid:firm>/verification",
    Contract(
        "POST",
        "State that a firm agrees with a register",
        "coordinator",
        VerificationBody(),
        answer="Receipt",
        status=201,
    ),
)
def verify(firm: UUID, body: dict[str, Any]) -> Response:
    """Verify a firm."""
    receipt = firms.verify(house().ledger, caller(), firm, **body)
    return recorded(receipt, f"/v1/firms/{firm}")


@endpoint(
    bp,
    "/firms/<uuid:firm>/disclosure",
    Contract(
        "PUT",
        "Decide how banks see the firm in its partners' histories",
        "the firm",
        DisclosureBody(),
        answer="Receipt",
        changes=True,
    ),
)
def disclose(firm: UUID, body: dict[str, Any]) -> Response:
    """Be named, or described by sector and country, to banks that look at a partner."""
    return changed(firms.show_to_banks(house().ledger, caller(), firm, body["to_banks"], expected_version()))


@endpoint(
    bp,
    "/firms/<uuid:firm>/headcounts",
    Contract(
        "POST",
        "Say how many people a firm employed in a year, or correct it",
        "the firm, coordinator",
        HeadcountBody(),
        answer="Receipt",
        status=201,
    ),
)
def report_headcount(firm: UUID, body: dict[str, Any]) -> Response:
    """Report a headcount."""
    return recorded(firms.report_headcount(house().ledger, caller(), firm, **body), f"/v1/firms/{firm}")


@endpoint(
    bp,
    "/firms/<uuid:firm>/history",
    Contract("GET", "The collaboration history of a firm", CONCERNED, query=HistoryQuery(), answer="History"),
)
def history(firm: UUID, query: dict[str, Any]) -> Response:
    """Show a firm's collaboration history."""
    chosen = filters(query, "kind", "since", "until")
    with opened(query, "collaborations") as reading:
        found = collaborations.history(reading, caller(), firm, **chosen, **paging(query))
        note_looks(reading, found["items"], "history", firm)
        return linked(answered(found, reading), found["next"])


@endpoint(
    bp,
    "/firms/<uuid:firm>/partners",
    Contract(
        "GET", "Counterparties of a firm and their concentration", CONCERNED, query=PeriodQuery(), answer="Partners"
    ),
)
def partners(firm: UUID, query: dict[str, Any]) -> Response:
    """Show a firm's counterparties, how its work spreads over them, and how it pays them."""
    span = filters(query, "since", "until")
    with opened(query, "partnerships", "trust") as reading:
        found = partnerships.partners(reading, caller(), firm, **span)
        paid = trust.payments(reading, caller(), firm, **span)
        note_look(reading, firm, "partners")
        return answered({**found, "payment": paid}, reading)


@endpoint(
    bp,
    "/firms/<uuid:firm>/trust",
    Contract("GET", "The trust score of a firm, explained", CONCERNED, query=ReadQuery(), answer="Trust"),
)
def score(firm: UUID, query: dict[str, Any]) -> Response:
    """Show a firm's trust score."""
    with opened(query, "trust") as reading:
        found = trust.score(reading, caller(), firm)
        note_look(reading, firm, "trust")
        return answered(found, reading)


@endpoint(
    bp,
    "/firms/<uuid:firm>/access-log",
    Contract(
        "GET",
        "Which bank read what, when, for which purpose",
        "the firm, coordinator; a bank its own looks",
        query=ListQuery(),
        answer="AccessLog",
    ),
)
def access_log(firm: UUID, query: dict[str, Any]) -> Response:
    """Show who looked at a firm."""
    with opened(query, "audit_log") as reading:
        return listed(audit_log.page(reading, caller(), firm=firm, **paging(query)), reading)


@endpoint(
    bp,
    "/firms/<uuid:firm>/acted-for",
    Contract(
        "GET",
        "What the network's office entered for a firm, and who it was",
        "the firm, coordinator, operator",
        query=ListQuery(),
        answer="ActedFor",
    ),
)
def acted_for(firm: UUID, query: dict[str, Any]) -> Response:
    """Show who acted for a firm."""
    with opened(query, "audit_log", *speakers.ROOMS) as reading:
        return listed(speakers.spoken_for(reading, caller(), firm, **paging(query)), reading)
