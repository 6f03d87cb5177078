"""The page of an error comes even when what failed is what pages are made of."""

from __future__ import annotations

from pathlib import Path

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.world import World, opened
from tests.dashboards.people import Person, person

AWAY = {
    "en": "The ledger does not answer just now",
    "de": "Das Register antwortet gerade nicht",
    "da": "Registret svarer ikke lige nu",
}
NOWHERE = "There is no such page"


def broken(world: World, *settings: str) -> World:
    """The same world, opened anew with a folder where these databases were: nothing that connects is answered."""
    world.house.close()
    for setting in settings:
        path = Path(getattr(world.house.settings, setting).removeprefix("sqlite:///"))
        for file in path.parent.glob(f"{path.name}*"):
            file.unlink()
        path.mkdir()
    return opened(world.house.settings, world.clock, dict(world.ring))


def after(world: World, alpha: Person, *settings: str) -> Person:
    """Who was signed in, when these databases are gone."""
    client = broken(world, *settings).app.test_client()
    cookie = alpha.client.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    return Person(world, client, alpha.language)


DATABASES = ("database_url", "views_url", "sessions_url")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("gone", DATABASES)
def test_a_page_without_its_database_says_so(world: World, gone: str, language: str) -> None:
    """In the reader's language, with when to try again, and nothing of the inside."""
    alpha = person(world, "alpha", language)
    assert alpha.get("/mine").status_code == 200
    reader = after(world, alpha, gone)
    for path in ("/mine", "/inbox", "/consents"):
        answer = reader.client.get(path, headers={"Accept-Language": language})
        assert answer.status_code == 503, path
        assert AWAY[language] in answer.text
        assert answer.headers["Retry-After"] == "2"
        assert answer.headers["X-Request-Id"] in answer.text
        assert "ledger.db" not in answer.text


@pytest.mark.parametrize("gone", DATABASES)
def test_a_page_that_is_not_there_is_not_there_all_the_same(world: World, gone: str) -> None:
    """Whoever asks for it; no error of ours hides theirs."""
    reader = after(world, person(world, "alpha"), gone)
    answer = reader.client.get("/nothing-here", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert NOWHERE in answer.text


def test_pages_for_everybody_need_no_database(world: World) -> None:
    """Nobody is signed in, so nobody is looked for."""
    without = broken(world, *DATABASES)
    for path in ("/login", "/help/score", "/accessibility"):
        assert without.app.test_client().get(path).status_code == 200, path


def test_a_fault_of_ours_is_shown_to_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The page bears the number of the request, and no name of the reader's."""
    alpha = person(world, "alpha")

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a secret of the inside")

    monkeypatch.setattr("ledger.dashboards.mine.firms.one", breaks)
    monkeypatch.setattr("ledger.dashboards.names.firms.one", breaks)
    answer = alpha.client.get("/mine")
    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert "Somebody of alpha" not in answer.text
    assert "a secret" not in answer.text
