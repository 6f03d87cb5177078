"""Readers of pages are counted as callers of the interface are, and told by a page."""

from __future__ import annotations

import pytest

from tests.api.test_limits import LIMIT, OF_AN_ADDRESS, Limited, limited
from tests.dashboards.people import person

__all__ = ["limited"]
TOO_MANY = {
    "en": ("Too many requests", "In {} seconds you may ask again."),
    "de": ("Zu viele Anfragen", "In {} Sekunden können Sie wieder fragen."),
    "da": ("For mange forespørgsler", "Om {} sekunder kan du spørge igen."),
}


@pytest.mark.parametrize("language", TOO_MANY)
def test_a_page_says_that_it_was_too_much(limited: Limited, language: str) -> None:
    """In the reader's language, with when to come back; whoever waits is answered."""
    world = limited()
    alpha = person(world, "alpha", language)
    assert [alpha.get("/settings").status_code for _ in range(LIMIT)] == [200] * LIMIT
    answer = alpha.get("/settings")
    assert (answer.status_code, answer.mimetype) == (429, "text/html")
    title, wait = TOO_MANY[language]
    assert title in answer.text
    assert wait.format(answer.headers["Retry-After"]) in answer.text
    assert "requests are answered in a minute" not in answer.text
    assert answer.headers["RateLimit"].startswith('"caller";r=0;')
    assert person(world, "alpha").get("/settings").status_code == 200
    world.clock.forward(seconds=int(answer.headers["Retry-After"]))
    assert alpha.get("/settings").status_code == 200


def test_who_is_not_signed_in_counts_by_address(limited: Limited) -> None:
    """Also with a session that nobody has; the files that pages are drawn with are free."""
    world = limited()
    nobody = person(world, None)
    style = nobody.text("/login").split('rel="stylesheet" href="')[1].split('"')[0]
    nobody.client.set_cookie("session", "made up")
    assert [nobody.get("/settings").status_code for _ in range(OF_AN_ADDRESS)] == [303] * (OF_AN_ADDRESS - 1) + [429]
    assert nobody.get("/login").status_code == 429
    assert [nobody.get(style).status_code for _ in range(OF_AN_ADDRESS + 1)] == [200] * (OF_AN_ADDRESS + 1)


def test_an_address_that_nobody_has_is_refused_alike(limited: Limited) -> None:
    """To people by a page, to programs by a problem."""
    world = limited()
    client = world.app.test_client()
    for _ in range(OF_AN_ADDRESS):
        assert client.get("/nothing").status_code == 404
    page = client.get("/nothing", headers={"Accept": "text/html"})
    assert (page.status_code, page.mimetype) == (429, "text/html")
    problem = client.get("/nothing", headers={"Accept": "application/json"})
    assert (problem.status_code, problem.mimetype) == (429, "application/problem+json")


def test_signing_in_begins_a_count_of_ones_own(limited: Limited) -> None:
    """People of one office share an address, and are not each other's burden once they are in."""
    world = limited()
    people = [person(world, name) for name in ("alpha", "beta", "gamma", "office", "bank", "delta")]
    assert len(people) > OF_AN_ADDRESS
    assert [one.get("/settings").status_code for one in people] == [200] * len(people)
