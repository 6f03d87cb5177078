"""Epochs: raters are believed anew on the first day of every month, and on the last evening."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ledger.application import epochs
from ledger.demo.clock import midnight
from ledger.domain.actor import OPERATOR

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.demo.agenda import Story
    from ledger.demo.world import World

NIGHT, LAST_EVENING = timedelta(hours=2), timedelta(hours=23)


def enter(world: World) -> None:
    """Enter all closings."""
    world.agenda.enter(world.now, closing(world))


def closing(world: World) -> Story:
    """The operator closes one epoch after the other.

    It asks neither chance nor the desk for anything: whatever else is told comes out as it would without epochs.
    """
    for at in _moments(world.begin, world.end):
        yield at
        epochs.close(world.desk.ledger, OPERATOR, world.desk.network, at.isoformat())


def _moments(begin: date, end: date) -> Iterator[datetime]:
    first = _next_month(begin)
    while first < end:
        yield midnight(first) + NIGHT
        first = _next_month(first)
    yield midnight(end - timedelta(days=1)) + LAST_EVENING


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)
