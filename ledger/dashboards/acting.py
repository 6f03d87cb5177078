"""For which firm a page acts: a firm's own for itself, for the network office the one that the address names."""

from __future__ import annotations

from uuid import UUID

from flask import request

from ledger.dashboards.page import viewer
from ledger.domain.actor import Role
from ledger.domain.errors import Fault, InvalidRequest, NotFound
from ledger.web.house import house

FOR = "for"


def acting_for() -> UUID | None:
    """Return the firm, or None for an office that has not said which; raise `NotFound` for a firm of others."""
    actor, named = viewer().actor, request.values.get(FOR) or None
    firm = actor.subject if actor.role is Role.FIRM else None
    if named is not None:
        firm = _read(named)
    own = actor.subject if actor.role is Role.FIRM else firm
    if firm != own or (firm is not None and house().ledger.network_of(firm) != actor.network):
        raise NotFound("There is no such firm.")
    return firm


def acting_firm() -> UUID:
    """Return the firm of a page that is about one; raise `InvalidRequest` when an office names none."""
    firm = acting_for()
    if firm is None:
        detail = "A coordinator says for which firm it acts."
        raise InvalidRequest(detail, faults=[Fault(f"/{FOR}", detail)])
    return firm


def named(firm: UUID | None) -> dict[str, str]:
    """Return what an address has to say so that the next page acts for the same firm."""
    return {FOR: str(firm)} if firm is not None and viewer().actor.role is Role.COORDINATOR else {}


def _read(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise NotFound("There is no such firm.") from error
