"""Shared training of a year: hours and trainees by quarter and by topic, and who taught whom."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from ledger.dashboards.blueprint import pages
from ledger.dashboards.charts import bars
from ledger.dashboards.charts.parts import Caption, Figure
from ledger.dashboards.exports import Table
from ledger.dashboards.formats import written
from ledger.dashboards.page import Page
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.shared_work import in_role, jobs_of_year, quarter, year_asked
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.domain.actor import Role
from ledger.projections.activity.job import HUNDREDTHS, hours_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markupsafe import Markup

bp = pages("training")
KIND = "shared_training"
COLOUR = 2  # that of the kind in every chart
QUARTERS = range(1, 5)


@showing(bp, "/training", Role.COORDINATOR, csv=True)
def page() -> Page:
    """Show what was taught in a year."""
    with opened("collaborations", "activity") as reading:
        year = year_asked(reading)
        items = [_told(job) for job in jobs_of_year(reading, KIND, year)]
        data = {"year": year, "items": items, "topics": _topics(items), **_total(items)}
        more = {"chart": _chart(items) if items else None, "last": reading.time.year}
        return Page("training.html", data, standing(reading), _table(items), more)


def _told(job: dict[str, Any]) -> dict[str, Any]:
    terms, confirmed = (
        job["terms"],
        [party["firm"] for party in job["parties"] if party["role"] == "participant" and party["confirmed"]],
    )
    hundredths, people, _lent = hours_of(KIND, terms, confirmed)
    return {
        "id": job["id"],
        "title": job["title"],
        "topic": terms["topic"],
        "on": job["business_date"],
        "quarter": quarter(job),
        "host": ", ".join(in_role(job, "host")),
        "participants": in_role(job, "participant"),
        "hours_each": terms["hours"],
        "hours": hundredths / HUNDREDTHS,
        "trainees": people,
    }


def _topics(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return each topic with its sums, the most hours first."""
    by_topic: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for item in items:
        by_topic[item["topic"]].append(item)
    found = [
        {"topic": topic, "times": len(own), **_total(own), "hosts": sorted({item["host"] for item in own})}
        for topic, own in by_topic.items()
    ]
    return sorted(found, key=lambda one: (-one["hours"], one["topic"]))


def _total(items: Sequence[dict[str, Any]]) -> dict[str, Any]:
    return {"hours": sum(item["hours"] for item in items), "trainees": sum(item["trainees"] for item in items)}


def _chart(items: Sequence[dict[str, Any]]) -> Markup:
    sums = {number: sum(item["hours"] for item in items if item["quarter"] == number) for number in QUARTERS}
    figures = tuple(Figure(_("Q%(number)s", number=number), sums[number], written(sums[number], 0)) for number in sums)
    text = _("Hours times people, by quarter")
    return bars.bars(bars.Bars(Caption("quarters", _("Training hours"), text), figures, COLOUR))


def _table(items: Sequence[dict[str, Any]]) -> Table:
    header = (_("Date"), _("Topic"), _("Host"), _("Participants"), _("Hours each"), _("Trainees"), _("Hours in all"))
    rows = [
        (
            *(item["on"], item["topic"], item["host"], ", ".join(item["participants"]), str(item["hours_each"])),
            *(item["trainees"], item["hours"]),
        )
        for item in items
    ]
    return Table("training", header, rows)
