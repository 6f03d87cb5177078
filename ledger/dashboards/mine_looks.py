"""Who looked at my firm: every bank, when, at what and for what purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext

from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.own import own_firm
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.projections.audit_log import queries
from ledger.projections.networks import queries as networks

if TYPE_CHECKING:
    from ledger.subscriptions.reading import Reading

bp = pages("mine_looks")
MOST, MOST_IN_A_FILE = 50, 5_000
BANKS = 200
WHAT = {
    "profile": lazy_gettext("Profile"),
    "history": lazy_gettext("Joint work"),
    "collaborations": lazy_gettext("Joint work"),
    "collaboration": lazy_gettext("One job"),
    "partners": lazy_gettext("Partners"),
    "trust": lazy_gettext("The trust score"),
    "referral": lazy_gettext("Referral"),
    "referral list": lazy_gettext("List of referrals"),
}


@page(bp, "/mine/looks", Role.FIRM, csv=True)
def looks() -> Page:
    """Show the looks, the latest first."""
    most = MOST_IN_A_FILE if request.path.endswith(".csv") else MOST
    with opened("audit_log", "networks") as reading:
        cursor = request.args.get("cursor")
        found = queries.page(reading, viewer().actor, firm=own_firm(), limit=most, cursor=cursor)
        banks = _banks(reading)
        shown = [{**one, "bank_name": banks.get(one["bank"]), "words": _words(one["what"])} for one in found.items]
        data = {"looks": shown, "next": found.next}
        return Page("looks.html", data, standing(reading), _table(shown))


def _words(what: str) -> str:
    """Return what was looked at; one job is named by its id in the log, and by no more than that."""
    return str(WHAT.get(what) or WHAT.get(what.partition(" ")[0], what))


def _banks(reading: Reading) -> dict[str, str]:
    return {bank["id"]: bank["name"] for bank in networks.banks(reading, viewer().actor, limit=BANKS).items}


def _table(shown: list[dict[str, Any]]) -> Table:
    header = (_("When"), _("Bank"), _("What it looked at"), _("Purpose"))
    return Table("looks", header, [(one["at"], one["bank_name"], one["words"], one["purpose"]) for one in shown])
