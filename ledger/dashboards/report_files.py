"""The yearly report as files: CSV, and XLSX with real dates and numbers; the same bytes for the same figures."""

from __future__ import annotations

from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import TYPE_CHECKING, Any

from flask_babel import lazy_gettext

from ledger.dashboards.exports import Table
from ledger.dashboards.labels import label
from ledger.dashboards.words import gettext as _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.dashboards.report import Report
    from ledger.dashboards.report_lines import Line, Value

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
WIDE, NARROW = 48, 14  # characters
FORMATS = {"share": "0.0%", "days": "0.0", "": "#,##0", "h": "#,##0.0"}
MONEY = "#,##0.00"
UNITS = {
    "share": lazy_gettext("share"),
    "days": lazy_gettext("days"),
    "h": lazy_gettext("hours"),
    "": lazy_gettext("number"),
}
Row = tuple[str, str, str, Any, Any]


def rows(report: Report) -> list[Row]:
    """Return every figure of the report: under which heading, its name, its unit, this year's, last year's."""
    parts = [(_("At a glance"), report.headline), *((one.title, one.lines) for one in report.benefits)]
    parts += [(_("By sector"), report.sectors), (_("Disputes"), report.disputes)]
    return [(title, *_cells(line)) for title, lines in parts for line in lines]


def table(report: Report) -> Table:
    """Return the figures as a CSV file holds them."""
    return Table(f"report-{report.year}", header(report), rows(report))


def header(report: Report) -> tuple[str, ...]:
    """Return what stands above the figures."""
    return (_("Heading"), _("Figure"), _("Unit"), str(report.year), str(report.year - 1))


def workbook(report: Report) -> bytes:
    """Return the figures, and the work by month and kind, as a workbook."""
    import xlsxwriter

    out = BytesIO()
    # Text is text: what a firm typed is neither a formula nor a link.
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": report.title, "created": datetime.combine(report.day, time())})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    _figures(book, report, bold)
    _months(book, report, bold)
    book.close()
    return out.getvalue()


def _figures(book: Any, report: Report, bold: Any) -> None:
    sheet = book.add_worksheet(_("Figures"))
    sheet.set_column(0, 1, WIDE)
    sheet.set_column(2, 4, NARROW)
    sheet.freeze_panes(1, 0)
    _head(sheet, header(report), bold)
    looks = {unit: book.add_format({"num_format": look}) for unit, look in {**FORMATS, "money": MONEY}.items()}
    for at, (title, name, unit, this, before) in enumerate(rows(report), 1):
        for column, text in enumerate((title, name, unit)):
            sheet.write_string(at, column, text)
        for column, figure in ((3, this), (4, before)):
            if figure is not None:
                sheet.write_number(at, column, figure, looks.get(_plain(unit), looks["money"]))


def _months(book: Any, report: Report, bold: Any) -> None:
    sheet = book.add_worksheet(_("By month"))
    sheet.set_column(0, len(report.kinds) + 1, NARROW)
    sheet.freeze_panes(1, 1)
    _head(sheet, (_("Month"), *report.kinds.values(), _("In all")), bold)
    day = book.add_format({"num_format": "mmm yyyy", "align": "left"})
    for at, month in enumerate(report.months, 1):
        sheet.write_datetime(at, 0, datetime.combine(date.fromisoformat(f"{month['month']}-01"), time()), day)
        for column, kind in enumerate(report.kinds, 1):
            sheet.write_number(at, column, month["kinds"].get(kind, 0))
        sheet.write_number(at, len(report.kinds) + 1, month["total"])


def _head(sheet: Any, names: Sequence[str], bold: Any) -> None:
    for column, name in enumerate(names):
        sheet.write_string(0, column, str(name), bold)


def _cells(line: Line) -> tuple[str, str, Any, Any]:
    return (line.name, unit_name(line.unit), _number(line.this), _number(line.before))


def _number(value: Value) -> int | float | None:
    """Return a number as spreadsheets take it."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value.quantize(Decimal("0.0001")))


def unit_name(unit: str) -> str:
    """Return what a unit is called; a currency is called by its code."""
    return label(UNITS, unit)


def _plain(name: str) -> str:
    return {unit_name(unit): unit for unit in FORMATS}.get(name, "money")
