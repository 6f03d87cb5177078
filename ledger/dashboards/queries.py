"""What a bank has looked at: its own query log, for its auditors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from ledger.dashboards import labels
from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.projections.audit_log import queries
from ledger.projections.firms import queries as firms
from ledger.web.schemas.queries import ListQuery

if TYPE_CHECKING:
    from ledger.subscriptions.reading import Reading

bp = pages("queries")
LISTED = ListQuery(only=("limit", "cursor"))
LOOKS = {
    "referral": lazy_gettext("Referral"),
    "profile": lazy_gettext("Profile"),
    "history": lazy_gettext("History"),
    "partners": lazy_gettext("Partners"),
    "trust": lazy_gettext("Trust score"),
    "collaboration": lazy_gettext("One joint job"),
    "collaborations": lazy_gettext("Joint work"),
}


@page(bp, "/queries", Role.BANK, csv=True)
def listed() -> Page:
    """List what the bank has looked at, the latest first; a firm that lets it look no more has no name here."""
    query = asked(LISTED)
    actor = viewer().actor
    assert actor.subject is not None  # nosec B101 # noqa: S101 - a bank acts for itself
    with opened("audit_log", "firms") as reading:
        found = queries.of_bank(reading, actor, bank=actor.subject, limit=query["limit"], cursor=query.get("cursor"))
        items = _named(reading, found.items)
        return Page("queries.html", {"items": items, "next": found.next}, standing(reading), _table(items))


def _named(reading: Reading, items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    called = firms.names(reading, viewer().actor, {UUID(one["firm"]) for one in items})
    return [{**one, "firm_name": called.get(one["firm"]), "said": _said(one["what"])} for one in items]


def _table(items: list[dict[str, Any]]) -> Table:
    header = (_("When"), _("Firm"), _("Looked at"), _("Purpose"), _("Event"))
    rows = [(one["at"], one["firm_name"] or one["firm"], one["said"], one["purpose"], one["position"]) for one in items]
    return Table("queries", header, rows)


def _said(what: str) -> str:
    """Return what was looked at; of one joint job the log also keeps the id."""
    return labels.label(LOOKS, what.partition(" ")[0])
