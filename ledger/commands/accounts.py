"""`ledger accounts`: people invited by the operator, where nobody is in who could."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.application import accounts
from ledger.commands.parsing import add
from ledger.domain.account import Person
from ledger.domain.actor import Position, Role
from ledger.services import build

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def invite(settings: Settings, options: argparse.Namespace) -> int:
    """Invite a person, or once more who has lost the password; print the link, which opens once."""
    person = Person(name=options.name, email=options.email, language=options.language)
    position = Position(options.position) if options.position else None
    with closing(build(settings)) as house:
        token, _ = accounts.invite_by_command(house.ledger, Role(options.role), options.subject, person, position)
    print(f"{settings.public_url}/invitation/{token}")
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    told = "Invite people who are to sign in."
    group = commands.add_parser("accounts", help=told, description=told)
    inviting = add(group.add_subparsers(required=True, metavar="COMMAND"), "invite", invite)
    inviting.add_argument("--role", required=True, choices=[role.value for role in Role])
    inviting.add_argument("--subject", type=UUID, help="the firm, the bank, or for a coordinator the network")
    inviting.add_argument("--position", choices=[position.value for position in Position], help="of a firm: clerk")
    inviting.add_argument("--name", required=True, help="as it is shown")
    inviting.add_argument("--email", required=True, help="what the person signs in with")
    inviting.add_argument("--language", choices=["en", "de", "da"], default="en")
