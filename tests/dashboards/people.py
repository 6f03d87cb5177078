"""People at a browser, in one process: signed in as somebody of a world, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from ledger.application import accounts
from ledger.domain.account import Account
from ledger.domain.account import Person as AccountPerson
from ledger.domain.actor import OPERATOR, Position, Role

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.api.world import World

ROLES = {"office": "coordinator", "other_office": "coordinator", "bank": "bank", "other_bank": "bank"}
CSRF = re.compile(r'name="csrf" value="([^"]*)"')


@dataclass
class Person:
    """Somebody with a browser that keeps cookies and speaks one language."""

    world: World
    client: FlaskClient
    language: str = "en"

    def get(self, path: str) -> Any:
        """Open a page on read models that are up to date."""
        self.world.house.follower.catch_up()
        return self.client.get(path, headers={"Accept-Language": self.language})

    def text(self, path: str) -> str:
        """Return the text of a page that must be there."""
        answer = self.get(path)
        assert answer.status_code == 200, answer.text
        return str(answer.text)

    def send(self, page: str, path: str, **fields: Any) -> Any:
        """Send a form as it stands on `page`, with its secret."""
        found = CSRF.search(self.get(page).text)
        secret = {"csrf": found[1]} if found else {}
        return self.client.post(path, data={**secret, **fields}, headers={"Accept-Language": self.language})


def person(world: World, name: str | None, language: str = "en", position: str = "owner") -> Person:
    """Return who acts for this member of the world, signed in, of a firm as its owner unless said; None is nobody."""
    client = world.app.test_client()
    if name is not None:
        client.set_cookie("session", world.house.sessions.begin(member(world, name, language, position)))
    return Person(world, client, language)


def member(world: World, name: str, language: str = "en", position: str = "owner") -> UUID:
    """Return a new account of this member that is in use, without a password: those take their time."""
    ledger, (id_, _) = world.house.ledger, world.ring[name]
    role = Role.OPERATOR if name == "operator" else Role(ROLES.get(name, "firm"))
    who = AccountPerson(name=f"Somebody of {name}", email=f"{uuid4().hex}@{name}.example", language=language)
    held = Position(position) if role is Role.FIRM else Position.MEMBER
    _, receipt = accounts.invite(ledger, OPERATOR, role, UUID(id_) if id_ else None, who, held)
    account = ledger.load(Account, receipt.id)
    account.activate(ledger.stamp(account.actor), None)
    ledger.record(account)
    return account.id
