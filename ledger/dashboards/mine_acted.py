"""Who acted for my firm: what the network's office entered for it, when, and which person it was."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request
from flask_babel import lazy_gettext

from ledger.dashboards.blueprint import pages
from ledger.dashboards.event_words import EVENTS
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import label
from ledger.dashboards.own import own_firm
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.web import speakers

if TYPE_CHECKING:
    from collections.abc import Sequence

bp = pages("mine_acted")
MOST, MOST_IN_A_FILE = 50, 5_000
WHAT = {
    **EVENTS,
    "offer.offered": lazy_gettext("Capacity offered"),
    "firm.updated": lazy_gettext("Profile corrected"),
    "firm.headcount-reported": lazy_gettext("Headcount told"),
}


@page(bp, "/mine/acted-for", Role.FIRM, csv=True)
def acted() -> Page:
    """Show what was entered, the latest first."""
    most = MOST_IN_A_FILE if request.path.endswith(".csv") else MOST
    with opened("audit_log", *speakers.ROOMS) as reading:
        limits = {"limit": most, "cursor": request.args.get("cursor")}
        found = speakers.spoken_for(reading, viewer().actor, own_firm(), **limits)
        shown = [{**one, "words": label(WHAT, one["type"])} for one in found.items]
        return Page("acted.html", {"words": shown, "next": found.next}, standing(reading), _table(shown))


def _table(shown: Sequence[dict[str, Any]]) -> Table:
    header = (_("When"), _("What"), _("Office"), _("Person"), _("Number"))
    rows = [(one["at"], one["words"], one["office"], one["person"], one["thing"]) for one in shown]
    return Table("acted-for", header, rows)
