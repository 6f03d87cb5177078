"""Calendar months as numbers that can be counted with: 2026-11 is 24,322."""

from __future__ import annotations

from datetime import date

A_YEAR = 12
NEVER = -1  # the month of what has not been


def month_of(day: date) -> int:
    """Return the number of the day's month."""
    return day.year * A_YEAR + day.month - 1


def first_day(month: int) -> date:
    """Return the first day of a month."""
    return date(month // A_YEAR, month % A_YEAR + 1, 1)


def written(month: int) -> str:
    """Return the month as ISO 8601 writes it."""
    return first_day(month).isoformat()[:7]


def read(text: str) -> int:
    """Return the number of a month that ISO 8601 writes."""
    year, _, month = text.partition("-")
    return int(year) * A_YEAR + int(month) - 1


def in_year(year: int) -> range:
    """Return the months of a year."""
    return range(year * A_YEAR, (year + 1) * A_YEAR)
