"""Everyday work: every kind in its season, a little more of it each year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from ledger.demo import course
from ledger.demo.clock import in_office
from ledger.demo.jobs.seasons import SEASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ledger.demo.agenda import Story
    from ledger.demo.jobs.seasons import Inventor
    from ledger.demo.world import World

SETTLING_IN = timedelta(days=45)  # before that, there are too few members
GROWTH_PER_YEAR = 0.08
LATELY, RUSH = timedelta(days=40), 1.8  # the last weeks are busy, so that somebody's answer is always awaited


def enter(world: World, pace: float) -> None:
    """Enter five years of work; `pace` 1 is a network of several hundred firms."""
    for month in _months(world.begin, world.end):
        growth = 1 + GROWTH_PER_YEAR * ((month - world.begin).days / 365 - 2)
        for invent, seasons in SEASONS:
            rush = RUSH if month > world.end - LATELY else 1
            number = int(seasons[month.month - 1] * pace * growth * rush + world.rng.random())
            days = [month + timedelta(days=world.rng.randrange(30)) for _ in range(number)]
            for day in days:
                if world.begin + SETTLING_IN <= day < world.end:
                    world.agenda.enter(in_office(world.rng, day), occasion(world, invent))


def occasion(world: World, invent: Inventor) -> Story:
    """Something comes up: firms that fit do it, if there are any."""
    job = invent(world)
    if job is not None:
        yield from course.run(world, job)


def _months(begin: date, end: date) -> Iterator[date]:
    month = begin.replace(day=1)
    while month < end:
        yield month
        month = (month + timedelta(days=31)).replace(day=1)
