"""Inviting people to act for a firm of the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import request

from ledger.application import accounts as commands
from ledger.dashboards.blueprint import pages
from ledger.dashboards.frame import NAMES
from ledger.dashboards.own import faults_of
from ledger.dashboards.page import Page, action, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.settings_users import POSITIONS, RIGHT
from ledger.dashboards.standing import standing
from ledger.dashboards.words import language
from ledger.domain.account import Person, positions
from ledger.domain.actor import Position, Role
from ledger.domain.errors import AddressTaken, Fault, Invalid, InvalidRequest
from ledger.projections.firms import queries as firms
from ledger.web.house import house
from ledger.web.schemas.bodies import AccountBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from uuid import UUID

bp = pages("members_users")
FIELDS = ("name", "email", "position", "language")


@showing(bp, "/firms/<uuid:firm>/invite", Role.COORDINATOR)
def form(firm: UUID) -> Page:
    """Ask who is to act for the firm."""
    return _shown(firm, {"language": language(), "position": Position.OWNER.value}, {})


@action(bp, "/firms/<uuid:firm>/invite", Role.COORDINATOR)
def invite(firm: UUID) -> Page:
    """Invite a person; the link stands on this page alone."""
    typed = {name: request.form.get(name, "").strip() for name in FIELDS}
    try:
        body = load(AccountBody(), {**typed, "role": Role.FIRM.value, "subject": str(firm)})
        token = _invited(firm, body)
    except Invalid as error:
        return _shown(firm, typed, faults_of(error, RIGHT))
    return _shown(firm, typed, {}, f"{house().settings.public_url}/invitation/{token}")


def _invited(firm: UUID, body: dict[str, str]) -> str:
    with opened("firms") as reading:
        firms.one(reading, viewer().actor, firm)  # one of another network does not exist
    person = Person(name=body["name"], email=body["email"], language=body["language"])
    actor, position = viewer().actor, Position(body["position"])
    try:
        return commands.invite(house().ledger, actor, Role.FIRM, firm, person, position)[0]
    except AddressTaken as error:
        raise InvalidRequest(error.detail, faults=[Fault("/email", error.detail)]) from error


def _shown(firm: UUID, typed: dict[str, str], faults: dict[str, str], address: str = "") -> Page:
    with opened("firms") as reading:
        more = {
            "typed": typed,
            "faults": faults,
            "address": address,
            "own_positions": [(one.value, POSITIONS[one.value]) for one in positions(Role.FIRM)],
            "spoken": list(NAMES.items()),
        }
        data = {"firm": firms.one(reading, viewer().actor, firm)}
        return Page("firm_invite.html", data, standing(reading), more=more, status=422 if faults else 200)
