"""Filling an empty ledger with the demonstration network."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from ledger.application import keys
from ledger.application.ledger import Ledger, utc_now
from ledger.demo import people
from ledger.demo.agenda import Agenda
from ledger.demo.clock import SimulatedClock, in_office, midnight, years_before
from ledger.demo.demonstration import Demonstration, Keys
from ledger.demo.desk import Desk
from ledger.demo.firms import Circle, newcomers
from ledger.demo.stories import alone, disputes, epochs, everyday, founding, headcounts, introduction, lending, ring
from ledger.demo.world import World
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.errors import StateConflict

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from ledger.store.event_store import EventStore

YEARS = 5
SEED = 2000  # the year in which the network that this is modelled on was founded
LABEL = "demonstration"


@dataclass(frozen=True, slots=True)
class Size:
    """How many firms of each country (the ring counts as German), and how much they do (1: as SEASONS says)."""

    german: int
    danish: int
    pace: float


FULL = Size(german=42, danish=18, pace=0.3)
SMALL = Size(german=18, danish=7, pace=0.06)


def fill(
    store: EventStore,
    *,
    until: date,
    seed: int = SEED,
    size: Size = FULL,
    progress: Callable[[int, int], None] | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Demonstration:
    """Record five years that end with the day before `until` (UTC); then, by the real clock, issue keys, seat people.

    The same seed, end and size give the same events, bit for bit, all but those of keys and accounts: these are random.
    `progress` is told the days done and the days in all. Raises `StateConflict` unless the ledger is empty.
    """
    if store.head():
        raise StateConflict("The demonstration fills only an empty ledger; this one has events. Choose another one.")
    world = _beginning(store, until, seed, size)
    days = (until - world.begin).days

    def dawned(day: date) -> None:
        if progress is not None:
            progress((day - world.begin).days, days)

    world.agenda.run(dawned)
    done = _demonstration(world, Ledger(store, clock))
    if progress is not None:
        progress(days, days)
    return done


def _beginning(store: EventStore, until: date, seed: int, size: Size) -> World:
    """Set up the network, and enter everything that is going to happen."""
    begin = years_before(until, YEARS)
    rng = Random(seed)  # nosec B311 # the same seed, the same firms
    clock = SimulatedClock(in_office(rng, begin))
    ledger = Ledger(store, clock)
    desk = Desk(ledger, founding.found(ledger))
    world = World(desk, Agenda(clock, midnight(until)), rng, begin, until, founding.register_banks(ledger))
    members = newcomers(rng, size.german, size.danish, begin, until)
    for member in members:
        world.agenda.enter(in_office(rng, member.joins), founding.membership(world, member))
    everyday.enter(world, size.pace)
    disputes.enter(world)
    lending.enter(world, members)
    introduction.enter(world)
    epochs.enter(world)
    headcounts.enter(world, members)
    world.agenda.enter(in_office(rng, begin + timedelta(days=270)), ring.circling(world))
    world.agenda.enter(in_office(rng, until - timedelta(days=150)), alone.unanswered(world))
    return world


def _demonstration(world: World, ledger: Ledger) -> Demonstration:
    if world.example is None:
        raise AssertionError("the introduction was not told")
    return Demonstration(
        network=world.desk.network,
        banks=world.banks,
        firms={member.id: member.profile.name for member in world.members},
        keys=_issue_keys(world, ledger),
        story=world.example,
        ring=tuple(member.id for member in world.members if member.circle is Circle.RING),
        logins=people.seat(world, ledger),
    )


def _issue_keys(world: World, ledger: Ledger) -> Keys:
    def issue(role: Role, subject: UUID) -> str:
        return keys.issue(ledger, OPERATOR, role, subject, label=LABEL)[0]

    return Keys(
        operator=keys.issue_first(ledger, LABEL),
        coordinator=issue(Role.COORDINATOR, world.desk.network),
        banks={bank: issue(Role.BANK, bank) for bank in world.banks},
        firms={member.id: issue(Role.FIRM, member.id) for member in world.members},
    )
