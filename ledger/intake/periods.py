"""When the work of an invoice was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from ledger.intake.remarks import Remark

if TYPE_CHECKING:
    from ledger.intake.term_reader import TermReader


class Days(NamedTuple):
    """A span of days, both ends included."""

    begin: date
    end: date


def period(reader: TermReader, delivered_on: date | None, issued_on: date | None) -> Days | None:
    """Return the invoicing period (BG-14), else the hull of its lines' (BG-26), else delivery, else issue."""
    fallback = delivered_on or issued_on
    for begin, end in ((reader.day("BT-73"), reader.day("BT-74")), _lines(reader)):
        if begin and end and end < begin:
            detail, said = f"A period from {begin} to {end} was left out.", {"begin": begin, "end": end}
            reader.remarks.append(Remark("period-reversed", detail, said=said))
        elif begin or end:
            return _closed(begin, end, fallback)
    return Days(fallback, fallback) if fallback else None


def _lines(reader: TermReader) -> tuple[date | None, date | None]:
    lines = reader.groups("BG-25")
    begins = [day for line in lines if isinstance(day := line.get("BT-134"), date)]
    ends = [day for line in lines if isinstance(day := line.get("BT-135"), date)]
    return min(begins, default=None), max(ends, default=None)


def _closed(begin: date | None, end: date | None, other: date | None) -> Days | None:
    """Close a period that is open at one side with the other known day, when that is in order."""
    if begin is None:
        begin = other if other and end and other <= end else end
    if end is None:
        end = other if other and begin and other >= begin else begin
    return Days(begin, end) if begin and end else None
