"""People at a browser, in one process: signed in as somebody of a world, or not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.api.world import World

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


def person(world: World, name: str | None, language: str = "en") -> Person:
    """Return who acts for this member of the world, signed in; None is nobody."""
    client = world.app.test_client()
    if name is not None:
        client.set_cookie("session", world.ring[name][1])
    return Person(world, client, language)
