"""Time in the demonstration: a clock that is moved, and the hours at which offices work."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SATURDAY = 5
FIRST_HOUR, WORKING_MINUTES = 6, 600  # 6:00 to 16:00 UTC


class SimulatedClock:
    """A clock that stands still until it is moved on; it never goes back."""

    def __init__(self, begin: datetime) -> None:
        self._now = begin

    def __call__(self) -> datetime:
        """Return the present moment of the simulation."""
        return self._now

    def advance(self, to: datetime) -> None:
        """Move on to this moment, or stay when it is past already."""
        self._now = max(self._now, to)


def midnight(day: date) -> datetime:
    """Return the first moment of a day (UTC)."""
    return datetime.combine(day, time(), UTC)


def in_office(rng: Random, day: date) -> datetime:
    """Return some moment in the office hours of this day, or of the Monday after it."""
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    minutes, seconds = rng.randrange(WORKING_MINUTES), rng.randrange(60)
    return midnight(day) + timedelta(hours=FIRST_HOUR, minutes=minutes, seconds=seconds)


def years_before(day: date, years: int) -> date:
    """Return the same day some years earlier (28 February for 29 February)."""
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - years, day=28 if leap_day else day.day)
