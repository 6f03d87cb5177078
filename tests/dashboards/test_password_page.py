"""One's own password: changed on the page of settings, with every other session ended by it, on both databases."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.world import World
from tests.dashboards.people import Person, person
from tests.dashboards.test_login import ANOTHER, PASSWORD, invited, is_in, sign_in, taken_up

PAGE, FORM = "/settings", "/settings/password"
WRONG = {
    "en": "This is not your present password.",
    "de": "Das ist nicht Ihr jetziges Passwort.",
    "da": "Det er ikke den nuværende adgangskode.",
}
ELSEWHERE = {
    "en": "You sign in with your organisation's account",
    "de": "Sie melden sich mit dem Konto Ihrer Organisation an",
    "da": "Login sker med organisationens konto",
}


def changed(somebody: Person, old: str = PASSWORD, new: str = ANOTHER, again: str = ANOTHER) -> Any:
    """The answer to the form."""
    return somebody.send(PAGE, FORM, old=old, password=new, again=again)


def test_a_new_password_ends_every_other_session(either_world: World) -> None:
    """This browser stays signed in, under another token; the old password opens nothing."""
    given = invited(either_world)
    here = taken_up(either_world, given)
    there, _ = sign_in(either_world, given["email"])
    token = here.client.get_cookie("session")
    answer = changed(here)
    assert (answer.status_code, answer.location) == (303, f"{PAGE}?done=password")
    assert "The password is changed." in here.text(answer.location)
    assert here.client.get_cookie("session") != token
    assert not is_in(there)
    assert sign_in(either_world, given["email"])[1].status_code != 303
    assert sign_in(either_world, given["email"], ANOTHER)[1].status_code == 303


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_wrong_stands_at_its_field(world: World, language: str) -> None:
    """Another password than the present one, a weak new one, two that differ; nothing is changed."""
    somebody = taken_up(world, invited(world, language=language))
    before = world.events()
    answers = {
        "old": changed(somebody, old=ANOTHER),
        "password": changed(somebody, new="short", again="short"),
        "again": changed(somebody, again=PASSWORD),
    }
    for field, answer in answers.items():
        assert answer.status_code == 422
        assert f'id="{field}-fault"' in answer.text
        assert ANOTHER not in answer.text
    assert WRONG[language] in answers["old"].text
    assert is_in(somebody)
    assert world.events() == before


def test_whoever_found_a_session_open_does_not_guess_long(world: World) -> None:
    """After some attempts the page says how long to wait."""
    somebody = taken_up(world, invited(world))
    answers = [changed(somebody, old=f"{ANOTHER} {n}") for n in range(12)]
    assert answers[0].status_code == 422
    assert answers[-1].status_code == 429
    assert "Try again in" in answers[-1].text
    assert changed(somebody).status_code == 429


@pytest.mark.parametrize("language", LANGUAGES)
def test_who_has_no_password_here_is_told_where_it_is(world: World, language: str) -> None:
    """Their organisation has it; a form sent all the same changes nothing."""
    alpha = person(world, "alpha", language)
    page, before = alpha.text(PAGE), world.events()
    assert ELSEWHERE[language] in page
    assert 'name="old"' not in page
    assert changed(alpha).status_code == 422
    assert world.events() == before
