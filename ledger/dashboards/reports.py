"""The pages of the yearly report: to read and print, and as PDF, CSV and XLSX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Response, redirect, render_template, request, url_for

from ledger.dashboards import paper, report_files
from ledger.dashboards.behind import address
from ledger.dashboards.blueprint import pages
from ledger.dashboards.charts import columns
from ledger.dashboards.charts.svg import Medium
from ledger.dashboards.office import network_of_office
from ledger.dashboards.page import Page, file
from ledger.dashboards.page import page as showing
from ledger.dashboards.reading import opened
from ledger.dashboards.report import ROOMS, activity, reported
from ledger.dashboards.report_picture import picture
from ledger.dashboards.standing import standing
from ledger.dashboards.words import gettext as _
from ledger.dashboards.words import language
from ledger.domain.actor import Role
from ledger.domain.errors import NotFound
from ledger.projections.activity.yearly import YEARS

if TYPE_CHECKING:
    from typing import Any

    from werkzeug.wrappers import Response as Answer

    from ledger.dashboards.report import Report
    from ledger.subscriptions.reading import Reading

bp = pages("reports")
SHEETS = ("tokens.css", "frame.css", "parts.css", "charts.css", "print.css", "report.css")
PDF = "application/pdf"


@file(bp, "/reports", Role.COORDINATOR)
def latest() -> Answer:
    """Lead to the report of the running year."""
    with opened("activity") as reading:
        return redirect(url_for("reports.page", year=reading.time.year), 303)


@showing(bp, "/reports/<int:year>", Role.COORDINATOR, csv=True)
def page(year: int) -> Page:
    """Show a year beside the one before."""
    with opened(*ROOMS) as reading:
        report = _report(reading, year)
        more = {**_drawn(reading, report, Medium.PAGE), "last": reading.time.year, "prints": True, "list_of": address}
        return Page("report.html", report.data, standing(reading), lambda: report_files.table(report), more)


@file(bp, "/reports/<int:year>.pdf", Role.COORDINATOR)
def pdf(year: int) -> Page | Answer:
    """Hand out the report as a PDF file, or say that this machine cannot make one."""
    if not paper.available():
        return Page("report_unprinted.html", {"year": year}, status=503)
    with opened(*ROOMS) as reading:
        report = _report(reading, year)
        html = render_template("report_pdf.html", language=language(), **_drawn(reading, report, Medium.PDF))
    made = paper.pdf(html, f"report-{network_of_office()}-{year}-{report.position}-{language()}", *SHEETS)
    return _sent(made, PDF, f"report-{year}.pdf")


@file(bp, "/reports/<int:year>.xlsx", Role.COORDINATOR)
def xlsx(year: int) -> Answer:
    """Hand out the report as a workbook."""
    with opened(*ROOMS) as reading:
        made = report_files.workbook(_report(reading, year))
    return _sent(made, report_files.XLSX, f"report-{year}.xlsx")


def _report(reading: Reading, year: int) -> Report:
    if year not in YEARS or year > reading.time.year:
        raise NotFound("There is no report on such a year.")
    return reported(reading, year)


def _drawn(reading: Reading, report: Report, medium: Medium) -> dict[str, Any]:
    chart = activity(report)
    return {
        "report": report,
        "chart": columns.columns(chart, medium, 240),
        "legend": columns.legend(chart),
        "same": columns.table(chart, _("Month"), _("In all")),
        "map": picture(reading, report.year, medium),
        "unit_name": report_files.unit_name,
        "address": request.path.removesuffix(".pdf"),
    }


def _sent(made: bytes, kind: str, name: str) -> Answer:
    answer = Response(made, content_type=kind)
    answer.headers["Content-Disposition"] = (
        f'inline; filename="{name}"' if kind == PDF else f'attachment; filename="{name}"'
    )
    return answer
