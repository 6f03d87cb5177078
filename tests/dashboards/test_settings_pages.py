"""Settings: what this browser keeps, API keys by form, the firm's profile, and all that is held of it."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.world import World
from tests.dashboards.people import person

TITLES = {"en": "Settings", "de": "Einstellungen", "da": "Indstillinger"}
ONCE = {
    "en": "Copy it now. It is shown this once; the ledger keeps no copy of it.",
    "de": "Kopieren Sie ihn jetzt. Er wird nur dieses eine Mal gezeigt; das Register behält keine Kopie.",
    "da": "Kopiér den nu. Den vises kun denne ene gang; registret beholder ingen kopi.",
}
NACE = {
    "en": "Two digits, or with a dot and one or two more, such as 25.62.",
    "de": "Zwei Ziffern, oder mit Punkt und ein oder zwei weiteren, etwa 25.62.",
    "da": "To cifre, eller med punktum og et eller to mere, f.eks. 25.62.",
}
READ = {"en": "Read", "de": "Lesen", "da": "Læse"}
SECRET = re.compile(r'<code id="secret">(cl_\w+)</code>')
WHO = ("alpha", "bank", "office", "operator")


def issued(world: World, who: str, language: str = "en", **fields: Any) -> Any:
    """The answer to the form of a key."""
    return person(world, who, language).send("/settings/keys", "/settings/keys", **fields)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WHO)
def test_everybody_finds_the_tabs_that_make_sense(world: World, who: str, language: str) -> None:
    """Language and keys for all, a profile for firms."""
    page = person(world, who, language).text("/settings")
    assert f"<h1>{TITLES[language]}</h1>" in page
    assert 'href="/settings/keys"' in page
    assert ('href="/settings/profile"' in page) == (who == "alpha")


def test_shortcuts_are_switched_off_in_this_browser(world: World) -> None:
    """And on again; every page says so to the script."""
    alpha = person(world, "alpha")
    assert "data-shortcuts" not in alpha.text("/settings")
    assert alpha.send("/settings", "/settings/shortcuts", shortcuts="off").status_code == 303
    assert 'data-shortcuts="off"' in alpha.text("/consents")
    alpha.send("/settings", "/settings/shortcuts", shortcuts="on")
    assert "data-shortcuts" not in alpha.text("/settings")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("who", WHO)
def test_a_key_is_shown_once_and_opens(world: World, who: str, language: str) -> None:
    """To whomever one acts for; the list names it without its secret, and it may be kept nowhere."""
    answer = issued(world, who, language, label="Bookkeeping", expires_at="2026-12-31")
    assert ONCE[language] in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    secret = SECRET.search(answer.text)
    assert secret
    assert world.holding(secret[1]).get("/keys").status_code == 200
    page = person(world, who, language).text("/settings/keys")
    assert "Bookkeeping" in page
    assert secret[1] not in page


def test_a_faulty_key_says_what_right_looks_like(world: World) -> None:
    """A day that is past or none, a label that is too long; nothing is issued."""
    alpha = person(world, "alpha")
    before = world.events()
    for fields in ({"expires_at": "2020-01-01"}, {"expires_at": "soon"}, {"label": "x" * 201}):
        answer = alpha.send("/settings/keys", "/settings/keys", **fields)
        assert answer.status_code == 422
        assert f'id="{next(iter(fields))}-fault"' in answer.text
    assert world.events() == before


def test_a_key_is_revoked_after_asking(world: World) -> None:
    """It opens nothing any more; another's key does not exist."""
    found = SECRET.search(issued(world, "alpha", label="Old").text)
    assert found
    alpha = person(world, "alpha")
    (key,) = [one for one in alpha.get("/settings/keys.json").json["keys"] if one["label"] == "Old"]
    path = f"/settings/keys/{key['id']}/revoke"
    assert "Old" in alpha.text(path)
    assert person(world, "beta").send("/settings/keys", path).status_code == 404
    assert alpha.send(path, path).location == "/settings/keys?done=revoked"
    assert world.holding(found[1]).get("/keys").status_code == 401
    assert alpha.send("/settings/keys", path).status_code == 303
    assert alpha.get(path).status_code == 200
    assert alpha.get(f"/settings/keys/{uuid4()}/revoke").status_code == 404


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_key_is_narrowed_by_form(world: World, language: str) -> None:
    """The list says what it may do, and when it was last used; what is no scope is said at the choice."""
    found = SECRET.search(issued(world, "alpha", language, label="Reports", scopes="read").text)
    assert found
    assert world.holding(found[1]).get("/firms").status_code == 200
    assert world.holding(found[1]).post("/invoices", {}).status_code == 403
    page = person(world, "alpha", language).text("/settings/keys")
    assert f"<td>{READ[language]}</td>" in page
    assert 'id="scopes-fault"' in issued(world, "alpha", language, scopes="all").text
    listed = person(world, "alpha").get("/settings/keys.json").json["keys"]
    assert {one["label"]: one["last_used_at"] is not None for one in listed}["Reports"]


def test_a_key_is_replaced_by_form(world: World) -> None:
    """The new secret is shown, this once; both open until the old one closes. Another's key does not exist."""
    old = SECRET.search(issued(world, "alpha", label="Old", scopes="read").text)
    assert old
    alpha = person(world, "alpha")
    (key,) = [one for one in alpha.get("/settings/keys.json").json["keys"] if one["label"] == "Old"]
    path = f"/settings/keys/{key['id']}/rotation"
    assert f'href="{path}"' in alpha.text("/settings/keys")
    assert person(world, "beta").send("/settings/keys", path, grace_hours="24").status_code == 404
    assert alpha.send(path, path, grace_hours="soon").status_code == 422
    answer = alpha.send(path, path, grace_hours="24")
    new = SECRET.search(answer.text)
    assert new
    assert "Your new key: Old" in answer.text
    assert [world.holding(one[1]).get("/firms").status_code for one in (old, new)] == [200, 200]
    assert alpha.send("/settings/keys", path, grace_hours="24").status_code == 409
    assert f'href="{path}"' not in alpha.text("/settings/keys")
    assert "<form" not in alpha.text(path).partition('id="rotate"')[2]
    world.clock.forward(hours=25)
    assert [world.holding(one[1]).get("/firms").status_code for one in (old, new)] == [401, 200]


def test_a_firm_says_what_it_can_do(world: World) -> None:
    """Town, trade and capabilities, one a line; names and numbers are the office's."""
    alpha = person(world, "alpha")
    fields = {
        "town": " Husum ",
        "nace": "25.62",
        "capabilities": "milling\r\n\r\n <b>turning</b> \r\n",
        "name": "Other",
    }
    assert alpha.send("/settings/profile", "/settings/profile", **fields).status_code == 303
    firm = world.alpha.read(f"/firms/{world.alpha.id}")
    assert (firm["town"], firm["nace"], firm["capabilities"]) == ("Husum", "25.62", ["milling", "<b>turning</b>"])
    assert firm["name"] == "Example alpha"
    page = alpha.text("/settings/profile?done=saved")
    assert "The profile is saved." in page
    assert "<b>turning</b>" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_profile_keeps_what_was_typed(world: World, language: str) -> None:
    """And says what right looks like."""
    alpha = person(world, "alpha", language)
    fields = {"town": "x" * 101, "nace": "metal", "capabilities": "y" * 101}
    answer = alpha.send("/settings/profile", "/settings/profile", **fields)
    assert answer.status_code == 422
    assert NACE[language] in answer.text
    assert 'value="metal"' in answer.text
    assert 'href="#capabilities"' in answer.text


def test_all_that_is_held_is_a_file(world: World) -> None:
    """The same as the interface for programs hands out."""
    answer = person(world, "alpha").get("/settings/personal-data")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="personal-data.json"'
    assert answer.json == world.alpha.get(f"/firms/{world.alpha.id}/personal-data").json


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_statement_on_accessibility_claims_no_more_than_was_tested(world: World, language: str) -> None:
    """In each language, for anybody, with a link on every page."""
    anybody = person(world, None, language)
    page = anybody.text("/accessibility")
    assert "WCAG 2.2" in page
    assert 'href="/accessibility"' in anybody.text("/login")
    said = {"en": "we do not claim", "de": "behaupten wir nicht", "da": "påstår vi ikke"}
    assert said[language] in page
