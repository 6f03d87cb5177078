"""Referrals as a bank asks for and keeps them, and as the firm and its coordinator see and revoke them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from flask import redirect, request, url_for
from flask_babel import gettext as _
from marshmallow import fields

from ledger.application import referrals
from ledger.dashboards import labels
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.domain.errors import ConsentMissing, InvalidRequest, StateConflict
from ledger.projections.consents import queries as consents
from ledger.projections.firms import queries as firms
from ledger.projections.networks import queries as networks
from ledger.projections.referrals import queries
from ledger.web.house import house
from ledger.web.schemas.bodies import OutcomeBody, ReferralBody
from ledger.web.schemas.fields import Line
from ledger.web.schemas.loading import load
from ledger.web.schemas.queries import ListQuery

if TYPE_CHECKING:
    from werkzeug.wrappers import Response as Answer

    from ledger.subscriptions.reading import Reading

    Shown = dict[str, Any]

bp = pages("referral")
READERS = (Role.BANK, Role.FIRM, Role.COORDINATOR)
MOST_FOUND = 10


class _Listed(ListQuery):
    """Which part of the list, and which firm is looked for."""

    q = Line(200)
    limit = fields.Integer(load_default=25)


LISTED, ASKED, REPORTED = _Listed(only=("q", "limit", "cursor")), ReferralBody(), OutcomeBody()


@page(bp, "/referrals", *READERS, csv=True)
def listed() -> Page:
    """List the referrals that a bank holds, or those about a firm or the firms of a network."""
    return _listed()


@action(bp, "/referrals", Role.BANK)
def issue() -> Page | Answer:
    """Ask for a firm's referral."""
    sent = {name: request.form.get(name, "") for name in ("firm", "purpose")}
    try:
        key = request.form.get("key") or str(uuid4())
        receipt = referrals.issue(house().ledger, viewer().actor, key, **load(ASKED, sent))
    except (ConsentMissing, InvalidRequest):
        return _listed(fault=str(_("That firm lets you look for no such purpose. Choose one that it has agreed to.")))
    return redirect(url_for("referral.sheet", referral=receipt.id, done="issued"), 303)


@action(bp, "/referrals/<uuid:referral>/revoke", Role.FIRM, Role.COORDINATOR)
def revoke(referral: UUID) -> Answer:
    """Declare a referral void; one that is void already stays so."""
    try:
        referrals.revoke(house().ledger, viewer().actor, referral)
    except StateConflict:
        return redirect(url_for("referral.listed", done="revoked-before"), 303)
    return redirect(url_for("referral.listed", done="revoked"), 303)


@action(bp, "/referrals/<uuid:referral>/outcome", Role.BANK)
def report_outcome(referral: UUID) -> Answer:
    """Say what became of the loan."""
    granted = request.form.get("granted") == "yes"
    sent: Shown = {"granted": granted}
    if granted and request.form.get("amount_band"):
        sent |= {name: request.form.get(name, "") for name in ("amount_band", "currency")}
    referrals.report_outcome(house().ledger, viewer().actor, referral, **load(REPORTED, sent))
    return redirect(url_for("referral.sheet", referral=referral, done="reported"), 303)


def _listed(fault: str | None = None) -> Page:
    query = asked(LISTED)
    actor = viewer().actor
    with opened("referrals", "firms", "networks") as reading:
        found = queries.page(reading, actor, limit=query["limit"], cursor=query.get("cursor"))
        items = _named(reading, found.items)
        sought = _sought(reading, query.get("q")) if actor.role is Role.BANK else []
        data = {"items": items, "next": found.next, "found": sought}
        more = {
            "role": actor.role.value,
            "q": query.get("q", ""),
            "fault": fault,
            "key": str(uuid4()),
            "states": labels.REFERRAL_STATES,
        }
        return Page("referrals.html", data, standing(reading), _table(items), more, 422 if fault else 200)


def _named(reading: Reading, items: list[Shown]) -> list[Shown]:
    called = firms.names(reading, viewer().actor, {UUID(one["firm"]) for one in items})
    banks = networks.bank_names(reading, {UUID(one["bank"]) for one in items})
    return [{**one, "firm_name": called.get(one["firm"]), "bank_name": banks.get(one["bank"])} for one in items]


def _sought(reading: Reading, q: str | None) -> list[Shown]:
    """Return firms that let the bank look, each with the purposes for which it does."""
    actor = viewer().actor
    assert actor.subject is not None  # nosec B101 # noqa: S101 - a bank acts for itself
    found = firms.page(reading, actor, q=q, limit=MOST_FOUND).items
    purposes = consents.purposes_of(reading, actor.subject, {UUID(one["id"]) for one in found})
    return [{**one, "purposes": purposes.get(one["id"], [])} for one in found]


def _table(items: list[Shown]) -> Table:
    header = (_("Firm"), _("Bank"), _("Purpose"), _("Issued"), _("Valid until"), _("State"))
    state = labels.REFERRAL_STATES
    rows = [
        (
            *(one[name] for name in ("firm_name", "bank_name", "purpose", "issued_at", "valid_until")),
            labels.label(state, one["state"]),
        )
        for one in items
    ]
    return Table("referrals", header, rows)
