"""Tables as files: CSV that spreadsheets open as it is meant."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING

from flask import Response

from ledger.dashboards.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence

    Cell = str | int | float | None

BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"  # without it a spreadsheet takes UTF-8 for something else
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Table:
    """A list as a file holds it: `name` without its ending, one header, rows of plain values."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]


def as_csv(table: Table) -> Response:
    """Answer with a table; spreadsheets split at a semicolon where a comma parts decimals."""
    out, point = StringIO(), "." if language() == "en" else ","
    writer = csv.writer(out, delimiter="," if point == "." else ";", lineterminator="\r\n")
    writer.writerow([safe(name) for name in table.header])
    writer.writerows([[_written(cell, point) for cell in row] for row in table.rows])
    response = Response(BOM + out.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    return response


def _written(cell: Cell, point: str) -> Cell:
    return str(cell).replace(".", point) if isinstance(cell, float) else safe(cell)


def safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
