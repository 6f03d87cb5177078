"""Lending: firms let a bank look, the bank reads, asks for a referral and lends; consents end again."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum, auto
from itertools import cycle
from random import Random
from typing import TYPE_CHECKING, Any

from ledger.application import consents, firms, referrals
from ledger.demo.clock import in_office
from ledger.demo.firms import Circle
from ledger.domain.access import Access
from ledger.domain.actor import Actor, Role
from ledger.domain.firm import ToBanks
from ledger.domain.ids import identify
from ledger.domain.loan import Band

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.demo.agenda import Story
    from ledger.demo.firms import Member
    from ledger.demo.world import World

PURPOSES = ("Loan for a machining centre", "Working capital", "Annual review", "Loan for a new hall", "Guarantee line")
LOOKS = ("trust", "history", "partners")
SECOND_REFERRAL = 0.4
LASTS = (75, 90, 180, 365)
GRANTED, SAYS_HOW_LARGE = 0.75, 0.7
NAMED = 3  # every third firm has no objection to its name being read


class Fate(Enum):
    """How a consent goes on after the bank's first look."""

    LOOKED = auto()  # the bank takes no referral
    REFERRED = auto()
    WITHDRAWN = auto()  # the firm takes it back after the referral
    REVOKED = auto()  # the firm declares the referral void, the consent goes on


FATES = (Fate.REFERRED, Fate.WITHDRAWN, Fate.REFERRED, Fate.REVOKED, Fate.LOOKED)


def enter(world: World, members: list[Member]) -> None:
    """Enter a few consents for about every second firm, and one of the ring, which wants a loan as well."""
    borrowers = [one for one in members if one.circle is Circle.OPEN and world.happens(0.55)]
    borrowers += [one for one in members if one.circle is Circle.RING][:1]
    fates = cycle(FATES)
    for member in borrowers:
        for bank in world.rng.sample(list(world.banks), world.rng.choice((1, 1, 2))):
            earliest = max(member.joins, world.begin + timedelta(days=200)) + timedelta(days=60)
            day = _some_day(world, earliest, world.end)
            purpose = world.rng.choice(PURPOSES)
            lasts = world.rng.choice(LASTS)
            story = borrowing(world, member, bank, purpose, days=lasts, fate=next(fates))
            world.agenda.enter(in_office(world.rng, day), story)
    for member in [one for one in members if one.circle is Circle.OPEN][::NAMED]:
        lot = Random(str(member.id))  # nosec B311 # the same seed, the same loans
        world.agenda.enter(in_office(lot, max(member.joins, world.begin) + timedelta(days=30)), naming(world, member))


def naming(world: World, member: Member) -> Story:
    """A firm lets banks read its name where they look at a partner."""
    yield world.now
    firms.show_to_banks(world.desk.ledger, world.desk.firm(member), member.id, ToBanks.NAMED)


def borrowing(world: World, member: Member, bank: UUID, purpose: str, *, days: int, fate: Fate) -> Story:
    """A firm lets a bank look for so many days; the bank does, and takes a referral or two."""
    ledger, firm = world.desk.ledger, world.desk.firm(member)
    until = world.today + timedelta(days=days)
    consent = consents.grant(ledger, firm, bank=bank, purpose=purpose, until=until).id
    yield world.after(0, 6)
    _look(world, member, bank, purpose)
    if fate is Fate.LOOKED:
        return
    yield world.after(0, 3)
    referral = _refer(world, member, bank, purpose)
    if world.happens(SECOND_REFERRAL):
        yield world.after(20, 45)
        _look(world, member, bank, purpose)
        _refer(world, member, bank, purpose)
    if fate is Fate.WITHDRAWN:
        yield world.after(1, 40)
        consents.withdraw(ledger, firm, consent)
    if fate is Fate.REVOKED:
        yield world.after(1, 20)
        referrals.revoke(ledger, firm, referral)
    lot = Random(str(referral))  # nosec B311 # the same seed, the same loans
    yield max(world.now, in_office(lot, world.today + timedelta(days=lot.randint(10, 60))))
    _decide(world, bank, referral, lot)


def _refer(world: World, member: Member, bank: UUID, purpose: str) -> UUID:
    actor = Actor(Role.BANK, bank)
    return referrals.issue(world.desk.ledger, actor, world.desk.key(), firm=member.id, purpose=purpose).id


def _decide(world: World, bank: UUID, referral: UUID, lot: Random) -> None:
    """Most loans are granted; not every bank says how large they are."""
    said: dict[str, Any] = {"granted": lot.random() < GRANTED}
    if said["granted"] and lot.random() < SAYS_HOW_LARGE:
        said |= {"amount_band": lot.choice(list(Band)).value, "currency": "EUR"}
    referrals.report_outcome(world.desk.ledger, Actor(Role.BANK, bank), referral, **said)


def _look(world: World, member: Member, bank: UUID, purpose: str) -> None:
    """Record a look as `referrals.note_accesses` does, but with an id that comes out the same every time."""
    ledger, network = world.desk.ledger, world.desk.network
    for what in world.rng.sample(LOOKS, world.rng.randint(1, len(LOOKS))):
        id_ = identify("access", world.desk.key(), network)
        stamp = ledger.stamp(Actor(Role.BANK, bank), network=network)
        ledger.record(Access.make(id_, stamp, firm=member.id, bank=bank, what=what, purpose=purpose))


def _some_day(world: World, earliest: date, end: date) -> date:
    """Return a day, the last year's more often: banks come when there is something to read."""
    first = min(earliest, end - timedelta(days=30))
    share = max(world.rng.random(), world.rng.random())
    return first + timedelta(days=int(share * (end - first).days))
