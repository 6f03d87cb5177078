"""Accounts of people over HTTP."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import Blueprint, jsonify

from ledger.api.conditional import gone, showing
from ledger.api.credentials import caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import answered, listed, opened, paging
from ledger.application import accounts, personal_data
from ledger.domain.account import Person
from ledger.domain.actor import Position, Role
from ledger.domain.retention import RETENTION
from ledger.projections.accounts import queries
from ledger.subscriptions.plain import plain
from ledger.web.house import house
from ledger.web.schemas.bodies import AccountBody
from ledger.web.schemas.queries import ListQuery, ReadQuery

if TYPE_CHECKING:
    from flask import Response

    from ledger.application.ledger import Receipt

bp = Blueprint("accounts", __name__)

ADMINISTRATORS = "the firm, its coordinator, the bank, operator"


@endpoint(
    bp,
    "/accounts",
    Contract(
        "POST", "Invite a person; the link is shown this once", "all", AccountBody(), answer="Invitation", status=201
    ),
)
def invite(body: dict[str, Any]) -> Response:
    """Invite a person."""
    person = Person(name=body["name"], email=body["email"], language=body["language"])
    position = Position(body["position"]) if body.get("position") else None
    role, subject = Role(body["role"]), body.get("subject")
    return _invited(*accounts.invite(house().ledger, caller(), role, subject, person, position))


@endpoint(bp, "/accounts", Contract("GET", "Who has an account", "all", query=ListQuery(), answer="Accounts"))
def page(query: dict[str, Any]) -> Response:
    """List accounts."""
    with opened(query, "accounts") as reading:
        return listed(queries.page(reading, caller(), **paging(query)), reading)


@endpoint(
    bp, "/accounts/<uuid:account>", Contract("GET", "One account", ADMINISTRATORS, query=ReadQuery(), answer="Account")
)
def one(account: UUID, query: dict[str, Any]) -> Response:
    """Show an account."""
    with opened(query, "accounts") as reading:
        return answered(queries.one(reading, caller(), account), reading)


@endpoint(bp, "/accounts/<uuid:account>", Contract("DELETE", "Close an account for good", ADMINISTRATORS, status=204))
def close(account: UUID) -> Response:
    """Close an account; the sessions that it has end with the next request."""
    receipt = accounts.close(house().ledger, caller(), account)
    house().sessions.end_all(account)
    return gone(receipt)


@endpoint(
    bp,
    "/accounts/<uuid:account>/invitation",
    Contract(
        "POST", "Invite a person again; the link is shown this once", ADMINISTRATORS, answer="Invitation", status=201
    ),
)
def invite_again(account: UUID) -> Response:
    """Renew an invitation."""
    return _invited(*accounts.renew_invitation(house().ledger, caller(), account))


@endpoint(
    bp,
    "/accounts/<uuid:account>/personal-data",
    Contract("GET", "All personal data held of a person", ADMINISTRATORS, answer="AccountData"),
)
def held(account: UUID) -> Response:
    """Hand out every personal field about a person; the password's hash is nobody's to have."""
    found, items = personal_data.held_of_account(house().ledger, caller(), account)
    erased_at = found.erasure.at if found.erasure else None
    kept = [asdict(entry) for entry in RETENTION]
    return jsonify(plain({"account": account, "erased_at": erased_at, "retention": kept, "items": items}))


@endpoint(
    bp,
    "/accounts/<uuid:account>/personal-data",
    Contract("DELETE", "Erase a person's data for good, and the account", ADMINISTRATORS, answer="AccountErasure"),
)
def erase(account: UUID) -> Response:
    """Destroy the key of a person's data, certify it, and purge the read models; repeat until complete."""
    certificate, position = personal_data.erase_account(house().ledger, caller(), account)
    house().sessions.end_all(account)
    said = {"account": str(account), "erased_at": plain(certificate.at), "erased_by": certificate.actor}
    complete = house().purge(position)
    return jsonify({**said, "fingerprint": certificate.fingerprint, "position": position, "complete": complete})


def _invited(token: str, receipt: Receipt) -> Response:
    address = f"{house().settings.public_url}/invitation/{token}"
    return showing(receipt, f"/v1/accounts/{receipt.id}", {"id": str(receipt.id), "invitation": address})
