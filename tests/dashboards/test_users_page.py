"""Owners invite people to sign in for the firm, and close their accounts; clerks see who they are."""

from __future__ import annotations

import re
from uuid import uuid4

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.world import World
from tests.dashboards.people import person

ADDRESS = re.compile(r'<code id="address">https?://[^/]+(/invitation/[\w-]+)</code>')
ONCE = {"en": "Send this link yourself", "de": "Schicken Sie diesen Link selbst", "da": "Send selv linket"}
WHO = {"alpha": "clerk", "bank": "member", "office": "member", "operator": "member"}
OWNERS = {"en": "Only an owner of the firm", "de": "eine Inhaberin oder ein Inhaber", "da": "Kun en ejer"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WHO)
def test_a_person_is_invited_by_a_link_shown_once(world: World, who: str, language: str) -> None:
    """The link opens an invitation; the list shows the person as invited."""
    somebody = person(world, who, language)
    fields = {"name": "New Person", "email": "new@alpha.example", "position": WHO[who], "language": "da"}
    answer = somebody.send("/settings/users", "/settings/users", **fields)
    assert ONCE[language] in answer.text
    found = ADDRESS.search(answer.text)
    assert found
    assert person(world, None).get(found[1]).status_code == 200
    listed = [one for one in somebody.get("/settings/users.json").json["users"] if one["name"] == "New Person"]
    assert [one["state"] for one in listed] == ["invited"]


def test_a_faulty_invitation_comes_back(world: World) -> None:
    """No name, no address, an address that has an account."""
    alpha = person(world, "alpha")
    answer = alpha.send("/settings/users", "/settings/users", name="", email="nobody", position="clerk", language="en")
    assert answer.status_code == 422
    assert 'id="name-fault"' in answer.text
    fields = {"name": "Somebody", "position": "clerk", "language": "en"}
    taken = alpha.get("/settings/users.json").json["users"][0]["email"]
    for email in ("nobody", taken):
        answer = alpha.send("/settings/users", "/settings/users", email=email, **fields)
        assert answer.status_code == 422
        assert 'id="email-fault"' in answer.text


def test_an_account_is_renewed_and_closed(world: World) -> None:
    """A new link for whoever lost it; closed, the session is over with the next request."""
    owner, clerk = person(world, "alpha"), person(world, "alpha", position="clerk")
    assert clerk.get("/mine").status_code == 200
    (account,) = [one["id"] for one in owner.get("/settings/users.json").json["users"] if one["position"] == "clerk"]
    assert ADDRESS.search(owner.send("/settings/users", f"/settings/users/{account}/invitation").text)
    path = f"/settings/users/{account}/close"
    assert owner.get(path).status_code == 200
    assert owner.send(path, path).location == "/settings/users?done=closed"
    assert owner.send(path, path).status_code == 303
    assert clerk.get("/mine").status_code == 303
    beta = person(world, "beta")
    for other in (path, f"/settings/users/{uuid4()}/close"):
        assert beta.get(other).status_code == 404
        assert beta.send("/settings/users", other).status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_only_owners_decide_says_so(world: World, language: str) -> None:
    """A clerk reads everything, finds no buttons, and is refused whatever is sent all the same."""
    clerk = person(world, "alpha", language, position="clerk")
    for path in ("/consents", "/consents/new", "/settings/users", "/settings/keys"):
        assert OWNERS[language] in clerk.text(path)
    before = world.events()
    consent = {"bank": world.bank.id, "purpose": "Loan", "until": "2026-12-31"}
    invited = {"name": "New", "email": "new@alpha.example", "position": "clerk", "language": "en"}
    forms = {"/consents": consent, "/settings/users": invited, "/settings/keys": {}}
    for path, fields in {**forms, "/consents/disclosure": {"to_banks": "named"}}.items():
        assert clerk.send("/settings", path, **fields).status_code == 403
    assert world.events() == before
