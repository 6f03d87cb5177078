"""People at a browser: invited over the interface, signed in over the pages, as everybody is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import uuid4

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from tests.api.callers import Caller
    from tests.api.world import World

PASSWORD = "drei Boote im Hafen"
ROLES = {"office": "coordinator", "other_office": "coordinator", "bank": "bank", "other_bank": "bank"}
CSRF = re.compile(r'name="csrf" value="([^"]+)"')


@dataclass(frozen=True)
class Person:
    """Somebody with a browser; `id` is the account."""

    world: World
    browser: FlaskClient
    id: str
    email: str

    def get(self, path: str, **headers: str) -> Any:
        """Open a page, on read models that are up to date."""
        self.world.house.follower.catch_up()
        return self.browser.get(path, headers=headers)

    def post(self, path: str, *, csrf: str | None = None, headers: Any = None, **form: Any) -> Any:
        """Send a form as a page of theirs holds it, unless another `csrf` is given."""
        held = csrf if csrf is not None else self.csrf()
        return self.browser.post(path, data={**form, "csrf": held}, headers=headers)

    def csrf(self) -> str:
        """What the forms of this session hold."""
        found = CSRF.search(self.get("/verify?lang=en").text) or CSRF.search(self.get("/nowhere", Accept="text/html").text)
        assert found is not None, "nobody is signed in"
        return found[1]


def invitation(world: World, who: str, position: str | None = None, **said: Any) -> dict[str, str]:
    """Invite somebody for who holds a key under this name; `id`, `invitation` (the path) and `email`."""
    inviting: Caller = world.operator if who == "operator" else world.caller(who)
    email = said.pop("email", f"{uuid4().hex[:8]}@{who}.example")
    sent = {"role": who if who == "operator" else ROLES.get(who, "firm"), "name": "Somebody", "email": email, **said}
    if who != "operator":
        sent["subject"] = inviting.id
    if position is not None:
        sent["position"] = position
    answer = inviting.record("/accounts", sent)
    path = answer["invitation"].removeprefix(world.house.settings.public_url)
    return {"id": answer["id"], "invitation": path, "email": email}


def signed_in(world: World, who: str, position: str | None = None, **said: Any) -> Person:
    """Somebody who was invited for `who`, has set a password, and is signed in."""
    given = invitation(world, who, position, **said)
    browser = world.app.test_client()
    world.house.follower.catch_up()
    answer = browser.post(given["invitation"], data={"password": PASSWORD, "again": PASSWORD})
    assert answer.status_code == 303, answer.text
    return Person(world, browser, given["id"], given["email"])
