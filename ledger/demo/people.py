"""Made-up people of the demonstration, each with a password: job titles, for nobody is called anything."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.application import accounts
from ledger.demo.demonstration import SignIn
from ledger.domain.account import Person
from ledger.domain.actor import OPERATOR, Position, Role

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.application.ledger import Ledger
    from ledger.demo.world import World


LANGUAGES = {"DE": "de", "DK": "da"}


@dataclass(frozen=True, slots=True)
class Desk:
    """A place that somebody sits at: for whom, under which title and address."""

    role: Role
    subject: UUID
    title: str
    address: str
    language: str = "de"
    position: Position = Position.MEMBER


def seat(world: World, ledger: Ledger) -> tuple[SignIn, ...]:
    """Invite everybody, and have the invitations taken up; secrets and ids are random, as those of keys."""
    return tuple(_seated(ledger, desk) for desk in _desks(world))


def _desks(world: World) -> list[Desk]:
    if world.example is None:
        raise AssertionError("the introduction was not told")
    told = world.example
    return [
        Desk(Role.COORDINATOR, world.desk.network, "Network office", "office@network.example"),
        Desk(Role.BANK, told.bank, "Lending officer", "lending@bank.example"),
        *_firm(world, told.subcontractor, "workshop.example", Position.OWNER, Position.CLERK),
        *_firm(world, told.contractor, "builder.example", Position.OWNER),
    ]


def _firm(world: World, firm: UUID, domain: str, *positions: Position) -> list[Desk]:
    """Return a firm's desks, one for each of these positions."""
    profile = next(member.profile for member in world.members if member.id == firm)
    language = LANGUAGES.get(profile.country, "en")
    return [
        Desk(Role.FIRM, firm, f"{at.capitalize()} of {profile.name}", f"{at}@{domain}", language, at)
        for at in positions
    ]


def _seated(ledger: Ledger, desk: Desk) -> SignIn:
    person = Person(name=desk.title, email=desk.address, language=desk.language)
    token, _ = accounts.invite(ledger, OPERATOR, desk.role, desk.subject, person, desk.position)
    password = secrets.token_hex(12)
    accounts.activate(ledger, token, password)
    return SignIn(desk.role, desk.position, desk.subject, desk.title, desk.address, password)
