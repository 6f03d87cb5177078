"""Capacity that was shared in a year: machine hours and staff, by the sector that lent and by quarter."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.dashboards.blueprint import pages
from ledger.dashboards.charts import bars
from ledger.dashboards.charts.parts import Caption, Figure
from ledger.dashboards.exports import Table
from ledger.dashboards.formats import written
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import Page, viewer
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.sectors import sector_name
from ledger.dashboards.shared_work import in_role, jobs_of_year, quarter, year_asked
from ledger.dashboards.standing import standing
from ledger.dashboards.term_words import WORDS
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.projections.activity import membership

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

    from ledger.subscriptions.reading import Reading

bp = pages("capacity")
KIND = "capacity_sharing"
COLOUR = 5  # that of the kind in every chart
QUARTERS = range(1, 5)


@showing(bp, "/capacity", Role.COORDINATOR, csv=True)
def page() -> Page:
    """Show what was lent in a year."""
    with opened("collaborations", "activity") as reading:
        year = year_asked(reading)
        items = _told(reading, jobs_of_year(reading, KIND, year))
        data = {"year": year, "items": items, "sectors": _sectors(items), "hours": sum(one["hours"] for one in items)}
        more = {"chart": _chart(items) if items else None, "last": reading.time.year}
        return Page("capacity.html", data, standing(reading), _table(items), more)


def _told(reading: Reading, jobs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    firms = {UUID(party["firm"]) for job in jobs for party in job["parties"]}
    members = membership.members(reading, viewer().actor, network_of_office(), firms)
    return [
        {
            "id": job["id"],
            "on": job["business_date"],
            "quarter": quarter(job),
            "resource": job["terms"]["resource"],
            "description": job["terms"].get("description"),
            "hours": float(job["terms"]["hours"]),
            **{role: ", ".join(in_role(job, role)) for role in ("provider", "user")},
            "from": _sector(job, "provider", members),
            "to": _sector(job, "user", members),
        }
        for job in jobs
    ]


def _sector(job: dict[str, Any], role: str, members: dict[UUID, Any]) -> str:
    firm = next((UUID(party["firm"]) for party in job["parties"] if party["role"] == role), None)
    return sector_name(members[firm]["sector"] if firm in members else None) or "–"


def _sectors(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each sector that lent, with its hours by quarter, the most first."""
    by_sector: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        by_sector[item["from"]].append(item)
    found = [
        {
            "sector": sector,
            "hours": sum(item["hours"] for item in own),
            "quarters": [sum(item["hours"] for item in own if item["quarter"] == number) for number in QUARTERS],
        }
        for sector, own in by_sector.items()
    ]
    return sorted(found, key=lambda one: (-one["hours"], one["sector"]))


def _chart(items: Sequence[dict[str, Any]]) -> Markup:
    sums = {number: sum(item["hours"] for item in items if item["quarter"] == number) for number in QUARTERS}
    figures = tuple(Figure(_("Q%(number)s", number=number), sums[number], written(sums[number], 0)) for number in sums)
    return bars.bars(bars.Bars(Caption("quarters", _("Hours lent"), _("Hours lent, by quarter")), figures, COLOUR))


def _table(items: Sequence[dict[str, Any]]) -> Table:
    header = (_("Date"), _("Lent"), _("Hours"), _("From"), _("Sector"), _("To"), _("Sector of the user"))
    rows = [
        (
            *(item["on"], " · ".join(filter(None, (str(WORDS[item["resource"]]), item["description"])))),
            *(item["hours"], item["provider"], item["from"], item["user"], item["to"]),
        )
        for item in items
    ]
    return Table("capacity", header, rows)
