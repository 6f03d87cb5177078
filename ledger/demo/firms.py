"""The firms of the demonstration: what everybody may know of them, and what only their partners will find out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.demo import names, numbers
from ledger.demo.trades import BY_NAME, TRADES, Trade
from ledger.domain.firm import Profile

if TYPE_CHECKING:
    from random import Random

NOBODY = UUID(int=0)
RING_TRADES = ("special machines", "plant engineering", "milling", "software")
ALONE = 4  # firms that the network has not brought together with anybody yet
GERMAN_FORMS = (("GmbH", 14), ("GmbH & Co. KG", 4), ("AG", 1), ("e.K.", 2))
DANISH_FORMS = (("ApS", 8), ("A/S", 6), ("Enkeltmandsvirksomhed", 1))
SOLE = ("e.K.", "Enkeltmandsvirksomhed")
PART_A = ("GmbH & Co. KG", "e.K.")


class Circle(Enum):
    """Whom a firm works with."""

    OPEN = auto()
    RING = auto()
    ALONE = auto()


@dataclass(eq=False, slots=True)
class Member:
    """A firm with its hidden traits; `id` is known once it is admitted.

    `reliability` is the chance that a job is well done, `days_late` how long its bills usually wait beyond terms,
    `activity` how much it takes part, `by_office` whether the network office enters for it. From `worse_from` on it
    does badly.
    """

    number: int
    profile: Profile
    trade: Trade
    joins: date
    circle: Circle = Circle.OPEN
    reliability: float = 0.95
    days_late: int = 0
    activity: float = 1.0
    by_office: bool = False
    worse_from: date | None = None
    id: UUID = field(default=NOBODY)

    @property
    def country(self) -> str:
        """Where it is registered."""
        return self.profile.country

    def does_well(self, rng: Random, on: date) -> bool:
        """Tell whether something succeeds on this day."""
        return rng.random() < self.reliability * self._shape(on)

    def pays_late_by(self, rng: Random, on: date) -> int:
        """Return how many days beyond terms a bill of this day waits."""
        usual = self.days_late + (40 if self._shape(on) < 1 else 0)
        return max(0, round(rng.gauss(usual, 2 + usual / 4)) - 2)

    def _shape(self, on: date) -> float:
        return 0.5 if self.worse_from is not None and on >= self.worse_from else 1.0


def newcomers(rng: Random, german: int, danish: int, begin: date, end: date) -> list[Member]:
    """Invent the firms: Germans first, the ring last; most join at the beginning."""
    places = [(place, "DE") for place in rng.sample(names.GERMAN_PLACES, german - len(names.RING))]
    places += [(place, "DK") for place in rng.sample(names.DANISH_PLACES, danish)]
    members = [
        _member(rng, number, place, country, _joining(rng, begin, end))
        for number, (place, country) in enumerate(places)
    ]
    for member in rng.sample(members, ALONE):
        member.circle, member.activity = Circle.ALONE, 0.0
    _one_in_trouble(rng, members, end)
    return members + _ring(rng, len(members), begin)


def _member(rng: Random, number: int, place: str, country: str, joins: date) -> Member:
    trade = TRADES[number % len(TRADES)]
    return Member(
        number=number,
        profile=_profile(rng, number, place, country, trade),
        trade=trade,
        joins=joins,
        reliability=rng.choices((0.97, 0.92, 0.85, 0.65), (40, 35, 18, 7))[0],
        days_late=rng.choices((0, 4, 9, 25), (52, 30, 12, 6))[0],
        activity=min(4.0, rng.lognormvariate(0, 0.6)),
        by_office=rng.random() < 0.15,  # noqa: PLR2004 - every sixth or seventh has no time for it
    )


def _profile(rng: Random, number: int, place: str, country: str, trade: Trade) -> Profile:
    danish = country == "DK"
    forms, weights = zip(*(DANISH_FORMS if danish else GERMAN_FORMS), strict=True)
    form = rng.choices(forms, weights)[0]
    town, suffix = (rng.choice(names.DANISH_TOWNS), "") if danish else rng.choice(names.GERMAN_TOWNS)
    return Profile(
        name=f"{place} {trade.danish if danish else trade.german} {'' if danish and form in SOLE else form}".strip(),
        country=country,
        legal_form=form,
        town=town,
        nace=trade.nace,
        identifiers=numbers.danish(number) if danish else numbers.german(number, suffix, merchant=form in PART_A),
        capabilities=trade.capabilities,
        sole_proprietor=form in SOLE,
    )


def _joining(rng: Random, begin: date, end: date) -> date:
    early = rng.random() < 0.75  # noqa: PLR2004 - three of four are there from the beginning
    days = rng.randrange(3, 40) if early else rng.randrange(40, max(41, (end - begin).days - 200))
    return begin + timedelta(days=days)


def _one_in_trouble(rng: Random, members: list[Member], end: date) -> None:
    """Let a busy and once reliable firm do badly in the last year: the case that a bank wants to see coming."""
    reliable = [member for member in members if member.circle is Circle.OPEN and member.trade.buys]
    firm = max(reliable, key=lambda member: member.activity)
    firm.reliability, firm.days_late = 0.97, 0
    firm.worse_from = end - timedelta(days=rng.randrange(240, 330))


def _ring(rng: Random, first: int, begin: date) -> list[Member]:
    ring = []
    for n, (place, name) in enumerate(zip(names.RING, RING_TRADES, strict=True)):
        joins = begin + timedelta(days=rng.randrange(200, 240))
        trade = BY_NAME[name]
        profile = _profile(rng, first + n, place, "DE", trade)
        ring.append(Member(first + n, profile, trade, joins, Circle.RING, reliability=1.0))
    return ring
