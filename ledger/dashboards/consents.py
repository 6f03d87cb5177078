"""Consents: which bank may look at the firm, for what and until when; and how the firm is shown to partners' banks."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from flask import redirect, request, url_for
from flask_babel import lazy_gettext as _

from ledger.application import consents as commands
from ledger.application import firms as firm_commands
from ledger.application import referrals as referral_commands
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import REFERRAL_STATES, label
from ledger.dashboards.own import decides, faults_of, own_firm
from ledger.dashboards.page import Page, action, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.domain.errors import Invalid, StateConflict
from ledger.projections.consents import queries
from ledger.projections.firms import queries as firms
from ledger.projections.networks import queries as networks
from ledger.projections.referrals import queries as referrals
from ledger.web.house import house
from ledger.web.schemas.bodies import ConsentBody, DisclosureBody
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from uuid import UUID

    from werkzeug.wrappers import Response as Answer

    from ledger.subscriptions.reading import Reading

bp = pages("my_consents")
MOST = 50  # consents on a page
BANKS = 200
DONE = {
    "given": _("The consent is given. The bank may look from now on."),
    "withdrawn": _("The consent is withdrawn. The bank can look no more."),
    "revoked": _("The referral is revoked. Whoever checks it reads that it is void."),
    "shown": _("Saved. Banks of your partners see you as you have chosen."),
}
RIGHT = {
    "bank": _("Choose the bank."),
    "purpose": _("Say in one line what it is for, such as “Loan for a machine”."),
    "until": _("Choose a day from today on, at most five years ahead."),
}


@page(bp, "/consents", Role.FIRM, csv=True)
def given() -> Page:
    """Show the consents of the firm, and the referrals that were issued under them."""
    with opened("firms", "networks", "referrals") as reading:
        found = queries.page(reading, viewer().actor, limit=MOST, cursor=request.args.get("cursor"))
        issued = referrals.page(reading, viewer().actor, limit=MOST)
        banks = _banks(reading)
        data = {
            "consents": [{**one, "bank_name": banks.get(one["bank"])} for one in found.items],
            "referrals": [{**one, "bank_name": banks.get(one["bank"])} for one in issued.items],
            "to_banks": firms.one(reading, viewer().actor, own_firm())["disclosure"]["to_banks"],
            "next": found.next,
        }
        return Page("consents.html", data, standing(reading), _table(data["consents"]), _more())


@page(bp, "/consents/new", Role.FIRM)
def new() -> Page:
    """Ask to which bank a consent is given, for what and until when."""
    return _form({"bank": request.args.get("bank", ""), "purpose": "", "until": ""}, {})


@action(bp, "/consents", Role.FIRM)
def give() -> Page | Answer:
    """Give a consent, or show what is wrong with it."""
    typed = {name: request.form.get(name, "") for name in ("bank", "purpose", "until")}
    try:
        commands.grant(house().ledger, viewer().actor, **load(ConsentBody(), typed))
    except Invalid as error:
        return _form(typed, faults_of(error, RIGHT))
    return _done("given")


@page(bp, "/consents/<uuid:consent>/withdraw", Role.FIRM)
def leave(consent: UUID) -> Page:
    """Say what withdrawing does, and ask once more."""
    with opened("networks", "referrals") as reading:
        found = queries.one(reading, viewer().actor, consent)
        issued = referrals.page(reading, viewer().actor, limit=MOST).items
        standing_ones = [one for one in issued if one["consent"] == found["id"] and one["state"] == "in_force"]
        data = {"consent": {**found, "bank_name": _banks(reading).get(found["bank"])}, "referrals": standing_ones}
        return Page("withdraw.html", data, standing(reading), more=_more())


@action(bp, "/consents/<uuid:consent>/withdraw", Role.FIRM)
def withdraw(consent: UUID) -> Answer:
    """Withdraw a consent; one that is withdrawn already stays so."""
    with suppress(StateConflict):
        commands.withdraw(house().ledger, viewer().actor, consent)
    return _done("withdrawn")


@page(bp, "/consents/referrals/<uuid:referral>/revoke", Role.FIRM)
def void(referral: UUID) -> Page:
    """Say what revoking does, and ask once more."""
    with opened("networks", "referrals") as reading:
        found = referrals.one(reading, viewer().actor, referral)
        data = {"referral": {**found, "bank_name": _banks(reading).get(found["bank"])}}
        return Page("revoke.html", data, standing(reading), more=_more())


@action(bp, "/consents/referrals/<uuid:referral>/revoke", Role.FIRM)
def revoke(referral: UUID) -> Answer:
    """Revoke a referral; one that is revoked already stays so."""
    with suppress(StateConflict):
        referral_commands.revoke(house().ledger, viewer().actor, referral)
    return _done("revoked")


@action(bp, "/consents/disclosure", Role.FIRM)
def disclose() -> Answer:
    """Decide how banks of partners see the firm."""
    body = load(DisclosureBody(), {"to_banks": request.form.get("to_banks", "")})
    firm_commands.show_to_banks(house().ledger, viewer().actor, own_firm(), body["to_banks"])
    return _done("shown")


def _form(typed: dict[str, str], faults: dict[str, str]) -> Page:
    with opened("networks") as reading:
        banks = _banks(reading)
        return Page(
            "consent.html",
            {"typed": typed, "faults": faults, "banks": banks},
            standing(reading),
            more=_more(),
            status=422 if faults else 200,
        )


def _banks(reading: Reading) -> dict[str, str]:
    return {bank["id"]: bank["name"] for bank in networks.banks(reading, viewer().actor, limit=BANKS).items}


def _more() -> dict[str, Any]:
    return {"decides": decides(), "done": DONE.get(request.args.get("done", "")), "states": REFERRAL_STATES}


def _done(what: str) -> Answer:
    return redirect(url_for("my_consents.given", done=what), 303)


def _table(given: list[dict[str, Any]]) -> Table:
    header = (_("Bank"), _("Purpose"), _("Given on"), _("Until"), _("State"))
    rows = [
        (one["bank_name"], one["purpose"], one["granted_at"][:10], one["until"], label(REFERRAL_STATES, one["state"]))
        for one in given
    ]
    return Table("consents", [str(name) for name in header], rows)
