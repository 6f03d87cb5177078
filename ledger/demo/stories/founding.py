"""How the network begins, and how firms join it, are verified, and change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from ledger.application import banks, firms, networks
from ledger.demo import names
from ledger.demo.firms import Circle
from ledger.demo.trades import CAPABILITIES
from ledger.domain.actor import OPERATOR

if TYPE_CHECKING:
    from uuid import UUID

    from ledger.application.ledger import Ledger
    from ledger.demo.agenda import Story
    from ledger.demo.firms import Member
    from ledger.demo.world import World

VERIFIED = 0.85
KEY = "demonstration"
REGISTERS = {"DE": "Handelsregister Kiel", "DK": "CVR"}


def found(ledger: Ledger) -> UUID:
    """Set up the network; return its id."""
    return networks.found(ledger, OPERATOR, KEY, name=names.NETWORK, office=names.OFFICE).id


def register_banks(ledger: Ledger) -> dict[UUID, str]:
    """Register the banks; return their names by id."""
    return {
        banks.register(ledger, OPERATOR, f"{KEY}-{bic}", name=name, country=country, bic=bic).id: name
        for name, country, bic in names.BANKS
    }


def membership(world: World, member: Member) -> Story:
    """A firm is admitted, compared with its register some weeks later, and may learn something new one day.

    The ring is never verified: its register numbers are in order, but nobody has compared them with an extract.
    """
    ledger, office = world.desk.ledger, world.desk.coordinator
    member.id = firms.admit(ledger, office, world.desk.key(), member.profile).id
    world.members.append(member)
    if member.circle is not Circle.RING and world.happens(VERIFIED):
        yield world.after(2, 45)
        extract = f"{member.profile.identifiers['euid']} of {world.today.isoformat()}"
        firms.verify(ledger, office, member.id, register=REGISTERS[member.country], extract=extract, on=world.today)
    if world.happens(0.3):  # most profiles stay as they are
        yield world.after(200, 1500)
        learned = world.rng.choice([one for one in CAPABILITIES if one not in member.profile.capabilities])
        capabilities = (*member.profile.capabilities, learned)
        firms.update(ledger, world.desk.actor(member), member.id, {"capabilities": list(capabilities)})
        member.profile = replace(member.profile, capabilities=capabilities)
