"""The office finds its firms, admits and corrects them, compares them with registers, and invites people for them."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

import pytest

from ledger.domain.actor import Actor, Role
from ledger.projections.trust import queries as trust
from ledger.web.languages import LANGUAGES
from ledger.web.reading import opened_for
from tests.api.jobs import confirmed
from tests.api.world import World
from tests.dashboards.people import Person, person

HEADINGS = {"en": "Firms", "de": "Betriebe", "da": "Virksomheder"}
EMPTY = {"en": "No firm fits.", "de": "Kein Betrieb passt.", "da": "Ingen virksomhed passer."}
WRONG = {
    "en": "Eight digits with a check digit, such as 13585628.",
    "de": "Acht Ziffern mit Prüfziffer, etwa 13585628.",
    "da": "Otte cifre med kontrolciffer, f.eks. 13585628.",
}
NEW = {"name": "Neue Dreherei GmbH", "country": "DE", "handelsregister": "Kiel HRB 1234 NM", "capabilities": "turning"}
LINK = re.compile(r'<code class="secret">([^<]+)</code>')


def admitted(office: Person, **fields: Any) -> Any:
    """The answer to the form of a new firm."""
    return office.send("/firms/new", "/firms/new", **{**NEW, "key": uuid4().hex, **fields})


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_shows_the_firms_of_the_network(world: World, language: str) -> None:
    """Its own and no others, in the reader's language."""
    page = person(world, "office", language).text("/firms")
    assert f"<h1>{HEADINGS[language]}</h1>" in page
    assert "Example alpha" in page
    assert "Example omega" not in page


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_search_without_a_find_says_so(world: World, language: str) -> None:
    """And what to do."""
    assert EMPTY[language] in person(world, "office", language).text("/firms?q=nobody&sector=&country=")


def test_the_filters_narrow_the_list(world: World) -> None:
    """By name, country, verification, and joint work of the last year."""
    office = person(world, "office")

    def names(query: str) -> set[str]:
        return {firm["name"] for firm in office.get(f"/firms.json?{query}").json["firms"]}

    assert names("q=ALPHA") == {"Example alpha"}
    assert names("country=DK") == {"Example delta"}
    office.send(
        f"/firms/{world.alpha.id}", f"/firms/{world.alpha.id}/verify", register="R", extract="1", on="2026-03-01"
    )
    assert names("state=verified") == {"Example alpha"}
    assert "Example alpha" not in names("state=unverified")
    confirmed(world.alpha, world.beta, completed_on="2026-02-27")
    assert names("state=without-partner") >= {"Example gamma", "Example delta"}
    assert len(office.get("/firms.csv").text.splitlines()) == 1 + len(names(""))


def test_scores_of_a_list_are_those_of_each_firm(world: World) -> None:
    """The list works them out together, and comes to the same."""
    for partner in (world.beta, world.gamma, world.delta):
        confirmed(world.alpha, partner)
    world.house.follower.catch_up()
    office = UUID(world.office.id)
    viewer = Actor(Role.COORDINATOR, office, office)
    firms = [UUID(world.ring[name][0]) for name in ("alpha", "beta", "gamma", "delta")]
    with world.app.app_context(), opened_for(viewer, {}, "trust") as reading:
        one_by_one = {firm: trust.score(reading, viewer, firm)["score"] for firm in firms}
        assert trust.scores(reading, viewer, office, firms) == one_by_one
    assert person(world, "office").get("/firms?scores=1").status_code == 200


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_firm_has_a_page(world: World, language: str) -> None:
    """Also one of which nothing is known; one of another network is not there."""
    office = person(world, "office", language)
    assert "<h1>Example alpha</h1>" in office.text(f"/firms/{world.alpha.id}")
    assert office.get(f"/firms/{world.omega.id}").status_code == 404
    assert office.get(f"/firms/{uuid4()}").status_code == 404


def test_a_firm_is_admitted_and_verified(world: World) -> None:
    """The form's profile is that of the interface; a form sent twice admits once."""
    office, key = person(world, "office"), uuid4().hex
    answer = admitted(office, key=key, sector="25")
    assert answer.status_code == 303
    assert admitted(office, key=key, sector="25").location == answer.location
    path = answer.location.partition("?")[0]
    assert "admitted" in office.text(answer.location)
    verified = office.send(path, f"{path}/verify", register="Handelsregister", extract="HRB 1234", on="2026-03-01")
    assert verified.location == f"{path}?done=verified"
    firm = office.get(f"{path}.json").json["firm"]
    assert (firm["verified"], firm["nace"]) == (True, "25")
    assert firm["identifiers"] == {"handelsregister": "Kiel HRB 1234 NM"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_wrong_number_says_what_a_right_one_looks_like(world: World, language: str) -> None:
    """At its field, with everything kept and nothing recorded."""
    office = person(world, "office", language)
    before = world.events()
    answer = office.send("/firms/new", "/firms/new", **{**NEW, "cvr": "1234"})
    assert answer.status_code == 422
    assert 'id="cvr-fault"' in answer.text
    assert answer.text.count(WRONG[language]) >= 2
    assert 'value="Neue Dreherei GmbH"' in answer.text
    assert world.events() == before


def test_a_known_number_is_asked_about_first(world: World) -> None:
    """The same number is admitted twice only by somebody who says so."""
    office = person(world, "office")
    admitted(office)
    world.house.follower.catch_up()
    before = world.events()
    answer = admitted(office, name="Twin GmbH")
    assert (answer.status_code, world.events()) == (409, before)
    assert "Neue Dreherei GmbH" in answer.text
    assert admitted(office, name="Twin GmbH", twice="1").status_code == 303


def test_a_profile_is_corrected(world: World) -> None:
    """A number is entered and taken away again; a script is text."""
    office, path = person(world, "office"), f"/firms/{world.beta.id}"
    fields = {"name": "<script>Beta</script>", "country": "DE", "vat": "DE136695976"}
    assert office.send(f"{path}/edit", f"{path}/edit", **fields).location == f"{path}?done=changed"
    page = office.text(path)
    assert "<script>Beta" not in page
    assert "DE136695976" in page
    office.send(f"{path}/edit", f"{path}/edit", **{**fields, "vat": ""})
    assert office.get(f"{path}.json").json["firm"]["identifiers"] == {}
    assert office.send(f"{path}/edit", f"{path}/edit", **{**fields, "name": ""}).status_code == 422


def test_a_person_is_invited_for_a_firm(world: World) -> None:
    """The link opens, and is shown once; an address that has an account is refused."""
    office, path = person(world, "office"), f"/firms/{world.alpha.id}/invite"
    fields = {"name": "Somebody", "email": "somebody@alpha.example", "position": "owner", "language": "de"}
    answer = office.send(path, path, **fields)
    link = LINK.search(answer.text)
    assert link
    assert person(world, None).get(link[1][link[1].index("/invitation") :]).status_code == 200
    assert "Somebody" in office.text(f"/firms/{world.alpha.id}")
    assert office.send(path, path, **fields).status_code == 422


def test_what_belongs_to_another_office_does_not_exist(world: World) -> None:
    """Neither to look at nor to change."""
    other = person(world, "other_office")
    for step in ("verify", "edit", "invite"):
        path = f"/firms/{world.alpha.id}/{step}"
        sent = {**NEW, "register": "R", "extract": "1", "on": "2026-03-01", "email": "a@b.example", "position": "owner"}
        assert other.send("/firms", path, **sent, language="de").status_code == 404


@pytest.mark.parametrize("query", ["cursor=<x>", "sector=%27", "country=de", "as_of=yesterday"])
def test_a_hostile_address_is_told_what_is_wrong(world: World, query: str) -> None:
    """As a page, not as a fault of ours."""
    assert person(world, "office").get(f"/firms?{query}").status_code == 422
