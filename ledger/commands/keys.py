"""`ledger keys`: API keys issued and revoked, signing keys rotated."""

from __future__ import annotations

import argparse
from contextlib import closing
from typing import TYPE_CHECKING
from uuid import UUID

from ledger.application import keys
from ledger.commands.parsing import add
from ledger.domain.actor import OPERATOR, Role, Scope
from ledger.services import build
from ledger.store.signing_keys import Purpose

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def issue(settings: Settings, options: argparse.Namespace) -> int:
    """Issue a key as the operator; print its secret, once."""
    said = {"label": options.label, "scopes": options.scope}
    with closing(build(settings)) as house:
        secret, _ = keys.issue(house.ledger, OPERATOR, Role(options.role), options.subject, **said)
    print(secret)
    return 0


def revoke(settings: Settings, options: argparse.Namespace) -> int:
    """Close a key for good."""
    with closing(build(settings)) as house:
        keys.revoke(house.ledger, OPERATOR, options.id)
    print("The key no longer opens.")
    return 0


def rotate(settings: Settings, options: argparse.Namespace) -> int:
    """Begin to sign with a new key; what the old one signed can still be verified."""
    with closing(build(settings)) as house:
        house.signing_keys.ensure()
        print(house.signing_keys.rotate(Purpose(options.purpose)).kid)
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    told = "Issue and revoke API keys; rotate signing keys."
    group = commands.add_parser("keys", help=told, description="API keys, and signing keys.")
    own = group.add_subparsers(required=True, metavar="COMMAND")
    issuing = add(own, "issue", issue)
    issuing.add_argument("--role", required=True, choices=[role.value for role in Role])
    issuing.add_argument("--subject", type=UUID, help="the firm, the bank, or for a coordinator the network")
    issuing.add_argument("--label", help="what the key is for")
    scopes = [scope.value for scope in Scope]
    issuing.add_argument("--scope", action="append", choices=scopes, help="narrows the key; may be given again")
    add(own, "revoke", revoke).add_argument("id", type=UUID)
    signs = [purpose.value for purpose in Purpose]
    add(own, "rotate", rotate).add_argument("purpose", choices=signs, help="what the key signs")
