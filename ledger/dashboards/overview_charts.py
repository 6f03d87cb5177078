"""The pictures of the overview, each with the table that says the same."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from ledger.dashboards.behind import address
from ledger.dashboards.charts import bars, columns, heat, shares
from ledger.dashboards.charts.parts import Caption, Figure, Key, Table
from ledger.dashboards.formats import per_cent, short_month, written
from ledger.dashboards.labels import COUNTRIES, KINDS, label
from ledger.dashboards.office_words import sector_name

COLOURS = {kind: colour for colour, kind in enumerate(KINDS)}
A_YEAR, HIGH = 12, 320
MOST_PAIRED, MOST_SECTORS = 6, 9
TRAINING = COLOURS["shared_training"]


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart with its legend, and its table; without a table its figures stand beside it."""

    drawn: Markup
    keys: tuple[Key, ...] = ()
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A sector: its name, its firms, its jobs with the address of their list, and a bar of them."""

    name: str
    firms: int
    jobs: int
    href: str | None
    bar: Markup


@dataclass(frozen=True, slots=True)
class Heat:
    """Jobs between sectors: the table and the class of each of its cells."""

    table: Table
    looks: tuple[tuple[str, ...], ...]


def by_kind(found: Mapping[str, Any]) -> Picture:
    """Draw the confirmed jobs by kind and month."""
    used = [kind for kind in found["kinds"] if any(kind in month["kinds"] for month in found["by_month"])]
    pattern = "LLL" if len(found["by_month"]) <= A_YEAR else "LLL yy"
    chart = columns.Columns(
        Caption("by-kind", _("Confirmed work by kind and month"), _("Columns by month, stacked by kind")),
        tuple(columns.Series(label(KINDS, kind), COLOURS[kind]) for kind in used),
        tuple(_column(month, used, pattern) for month in found["by_month"]),
        lambda value: written(value, 0),
    )
    return Picture(
        columns.columns(chart, height=HIGH), columns.legend(chart), columns.table(chart, _("Month"), _("Total"))
    )


def sectors(found: Mapping[str, Any], colours: Mapping[str | None, int]) -> list[Row]:
    """Draw a bar for each sector, those with most jobs first."""
    rows = found["sectors"][:MOST_SECTORS]
    most = max((row["jobs"] for row in rows), default=0)
    drawn = []
    for row in rows:
        name, jobs = sector_name(row["sector"]), written(row["jobs"], 0)
        part = shares.Share(name, row["jobs"], jobs, colours.get(row["sector"]))
        href = address("collaborations", row["query"]) if row["query"] and row["jobs"] else None
        drawn.append(Row(name, row["members"], row["jobs"], href, shares.bar(part, most)))
    return drawn


def border(found: Mapping[str, Any]) -> Picture:
    """Draw how many jobs stay in one country, and how many cross a border."""
    crossing, domestic = found["border"]["crossing"], list(found["border"]["domestic"].items())
    whole = crossing + sum(jobs for _country, jobs in domestic)
    named = [(_("Only %(country)s", country=label(COUNTRIES, country)), jobs) for country, jobs in domestic]
    named.insert(1, (_("Both countries"), crossing))
    parts = tuple(
        shares.Share(name, jobs, per_cent(jobs / whole) if whole else "–", colour)
        for colour, (name, jobs) in enumerate(named)
    )
    caption = Caption("border", _("Work across the border"), _("A bar in parts: one country, both, the other"))
    chart = shares.Split(caption, parts)
    return Picture(shares.split(chart), shares.legend(chart))


def training(found: Mapping[str, Any]) -> Picture:
    """Draw the hours of shared training by quarter, which stand over the bars as well."""
    figures = tuple(
        Figure(_quarter(one["quarter"]), one["training_hours"], written(one["training_hours"], 0))
        for one in found["quarters"]
    )
    chart = bars.Bars(
        Caption("training", _("Training hours by quarter"), _("A bar for each quarter")), figures, TRAINING
    )
    return Picture(bars.bars(chart, height=168), table=bars.table(chart, _("Quarter"), _("Hours")))


def pairs(found: Mapping[str, Any]) -> Heat | None:
    """Return the jobs between the busiest sectors, none where fewer than two have any."""
    names = [row["sector"] for row in found["sectors"][:MOST_PAIRED] if row["jobs"]]
    if len(names) < 2:  # noqa: PLR2004 - a table of one cell says nothing
        return None
    jobs = {frozenset((pair["one"], pair["other"])): pair["jobs"] for pair in found["pairs"]}
    values = [[jobs.get(frozenset((one, other)), 0) for other in names] for one in names]
    texts = [[written(value, 0) for value in row] for row in values]
    return Heat(heat.table(_("Sector"), [sector_name(one) for one in names], texts), heat.steps(values))


def _column(month: Mapping[str, Any], kinds: list[str], pattern: str) -> columns.Column:
    values = tuple(float(month["kinds"].get(kind, 0)) for kind in kinds)
    return columns.Column(short_month(month["month"], pattern), values, _("so far") if month["partial"] else "")


def _quarter(quarter: str) -> str:
    """Write 2026-Q4 as a person does."""
    year, _dash, number = quarter.partition("-")
    return f"{number} {year[2:]}"
