"""What happened in a network, the latest first, for its office."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask_babel import gettext as _

from ledger.dashboards.asked import asked
from ledger.dashboards.blueprint import pages
from ledger.dashboards.exports import Table
from ledger.dashboards.labels import KINDS, OUTCOMES, label
from ledger.dashboards.news_words import lines
from ledger.dashboards.office import network_of_office
from ledger.dashboards.office_words import WHAT, firm_name
from ledger.dashboards.page import Page, page, viewer
from ledger.dashboards.reading import opened
from ledger.dashboards.standing import standing
from ledger.domain.actor import Role
from ledger.projections.activity import queries
from ledger.projections.consents.faces import faces
from ledger.web.schemas.queries import ActivityQuery

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

bp = pages("news")
QUERY = ActivityQuery()
ASKED = ("what", "kind", "firm", "outcome", "year")


@page(bp, "/activity", Role.COORDINATOR, csv=True)
def show() -> Page:
    """Show the news, narrowed as the address says."""
    query = asked(QUERY)
    chosen = {name: query[name] for name in ASKED if name in query}
    limits = {"limit": query["limit"], "cursor": query.get("cursor")}
    with opened("activity") as reading:
        actor, network = viewer().actor, network_of_office()
        found = queries.activity(reading, actor, network, **chosen, **limits)
        total = queries.happened(reading, actor, network, **chosen) if "year" in chosen else None
        firm = faces(reading, actor, [chosen["firm"]])[chosen["firm"]].data() if "firm" in chosen else None
        stand = standing(reading)
    more = {
        "lines": lines(found.items),
        "chosen": chosen,
        "outcomes": OUTCOMES,
        "firm_name": firm_name(firm) if firm else None,
        "whats": list(WHAT.items()),
        "kinds": list(KINDS.items()),
    }
    data = {"items": found.items, "next": found.next, "total": total}
    return Page("news.html", data, stand, lambda: _table(found.items), more)


def _table(items: Sequence[Mapping[str, Any]]) -> Table:
    header = (_("Event"), _("Recorded at"), _("What"), _("Kind"), _("Firms"), _("Outcome"))
    return Table("activity", header, [_row(one) for one in items])


def _row(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        one["position"],
        one["recorded_at"],
        label(WHAT, one["what"]),
        label(KINDS, one["kind"]) if one["kind"] else "",
        ", ".join(firm_name(firm) for firm in one["firms"]),
        label(OUTCOMES, one["outcome"]) if one["outcome"] else "",
    )
