"""The yearly report of a network to its council, put together once for every format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from babel import dates

from ledger.dashboards import report_lines
from ledger.dashboards.charts import columns
from ledger.dashboards.charts.parts import Caption
from ledger.dashboards.formats import ZONE, locale, written
from ledger.dashboards.labels import KINDS
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import viewer
from ledger.dashboards.sectors import sector_name
from ledger.dashboards.words import gettext as _
from ledger.domain.kinds.catalogue import KINDS as EVERY_KIND
from ledger.projections.activity import yearly
from ledger.projections.benefits import queries as loans
from ledger.projections.networks import queries as networks

if TYPE_CHECKING:
    from ledger.dashboards.report_lines import Benefit, Line
    from ledger.subscriptions.reading import Reading

ROOMS = ("activity", "benefits", "networks", "network_map", "firms")
COLOURS = {kind: number for number, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Report:
    """A year as it is told: `day` and `position` say for when it is true, `data` is what the interface answers."""

    network: str
    year: int
    partial: bool
    position: int
    day: date
    headline: tuple[Line, ...]
    benefits: tuple[Benefit, ...]
    sectors: tuple[Line, ...]
    disputes: tuple[Line, ...]
    months: Sequence[Mapping[str, Any]]
    kinds: Mapping[str, str]
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Return what the report is called."""
        return _("Report to the council, %(year)s", year=self.year)


def reported(reading: Reading, year: int) -> Report:
    """Return the report of a year, true for the reading; raise `NotFound`."""
    actor, network = viewer().actor, network_of_office()
    found = yearly.report(reading, actor, network, year)
    this, before = found["this"], found["before"]
    by_year = {one["year"]: one for one in loans.of_network(reading, actor, network)["years"]}
    banks = [by_year.get(one) for one in (year, year - 1)]
    names = {one["sector"]: sector_name(one["sector"]) or _("Not known") for one in this["sectors"]}
    months = yearly.months(reading, actor, network, year)
    return Report(
        network=networks.network(reading, actor, network)["name"],
        year=year,
        partial=found["partial"],
        position=reading.position,
        day=reading.time.astimezone(ZONE).date(),
        headline=report_lines.headline(this, before),
        benefits=tuple(report_lines.benefits(this, before, banks)),
        sectors=tuple(report_lines.sectors(this, before, names)),
        disputes=tuple(report_lines.disputes(this, before)),
        months=months,
        kinds={kind.name: str(KINDS[kind.name]) for kind in EVERY_KIND if not kind.is_statement},
        data={**found, "banks": banks[0], "months": months},
    )


def activity(report: Report) -> columns.Columns:
    """Return the chart of the year's work by kind and month."""
    shown = [kind for kind in report.kinds if any(month["kinds"].get(kind) for month in report.months)]
    series = tuple(columns.Series(report.kinds[kind], COLOURS[kind]) for kind in shown)
    return columns.Columns(
        Caption("activity", _("Activity by kind"), _("Confirmed jobs of each month")),
        series,
        tuple(_column(month, shown) for month in report.months),
        lambda value: written(value, 0),
    )


def _column(month: Mapping[str, Any], kinds: Sequence[str]) -> columns.Column:
    name = dates.format_date(date.fromisoformat(f"{month['month']}-01"), "LLL", locale=locale())
    values = tuple(float(month["kinds"].get(kind, 0)) for kind in kinds)
    return columns.Column(name, values, _("so far") if month["partial"] else "")
