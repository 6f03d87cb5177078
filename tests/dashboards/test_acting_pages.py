"""Pages say who acted for a firm, and an office that has handed its network over opens none of them."""

from __future__ import annotations

import pytest

from tests.api.jobs import ANY, finished, propose, step
from tests.api.world import World
from tests.dashboards.access_table import EVERYBODY, TABLE
from tests.dashboards.people import person
from tests.dashboards.test_inbox import taken

ALONE = {"en": "Entered by the office for every side", "de": "Vom Büro für alle Seiten eingetragen"}


def test_a_firm_reads_who_acted_for_it(world: World) -> None:
    """With the name of the person, and nothing before anybody did."""
    alpha, office = person(world, "alpha"), person(world, "office")
    assert "Nobody has acted for your firm." in alpha.text("/mine/acted-for")
    figures = {"year": "2024", "employees": "31", "apprentices": "2"}
    assert office.send(f"/firms/{world.alpha.id}", f"/firms/{world.alpha.id}/headcounts", **figures).status_code == 303
    page = alpha.text("/mine/acted-for")
    assert "Headcount told" in page
    assert "The network office<br><small>Somebody of office</small>" in page
    assert "Somebody of office" in alpha.text("/mine/acted-for.csv")
    assert 'href="/mine/acted-for"' in alpha.text("/mine")


@pytest.mark.parametrize("language", ALONE)
def test_an_office_on_both_sides_is_marked(world: World, language: str) -> None:
    """For both firms and the office; the history says for whom each step was."""
    job = propose(world.office, {**finished(world.alpha, world.beta), "proposed_by": world.alpha.id})
    assert ALONE[language] not in person(world, "beta", language).text(f"/inbox/{job}")
    step(world.office, job, "acceptances", {"firm": world.beta.id})
    for name in ("alpha", "beta"):
        assert ALONE[language] in person(world, name, language).text(f"/inbox/{job}")
    page = person(world, "office", language).text(f"/collaborations/{job}")
    assert ALONE[language] in page
    spoken = {"en": "The network office for Example beta", "de": "Das Netzwerkbüro für Example beta"}
    assert spoken[language] in page


def test_a_clerk_is_named_to_their_own_house(world: World) -> None:
    """And to the office; the partner reads the firm's name alone."""
    job = propose(world.alpha, finished(world.alpha, world.beta))
    step(world.beta, job, "acceptances")
    assert taken(person(world, "beta"), job, "dispute", why="other", message="It was scrap.").status_code == 303
    shown = {name: person(world, name).text(f"/inbox/{job}") for name in ("alpha", "beta")}
    assert "Example beta (Somebody of beta)" in shown["beta"]
    assert "Somebody of beta" not in shown["alpha"]
    assert "Example beta (Somebody of beta)" in person(world, "office").text(f"/collaborations/{job}")


def test_an_open_session_ends_with_the_office(world: World) -> None:
    """Every page leads to signing in, as for somebody who never was."""
    office = person(world, "office")
    assert office.get("/overview").status_code == 200
    world.operator.record(f"/networks/{world.office.id}/handover", {"office": "Agency"}, if_match=ANY)
    pages = [row.split()[1] for row in TABLE if row.startswith("GET") and "<" not in row and TABLE[row] != EVERYBODY]
    for path in pages:
        answer = office.get(path)
        assert (path, answer.status_code, answer.location.partition("?")[0]) == (path, 303, "/login")


def test_the_next_office_reads_on(world: World) -> None:
    """Under its own name; what the one before did stands under that one's."""
    job = propose(world.office, {**finished(world.alpha, world.beta), "proposed_by": world.alpha.id})
    for name in ("Town hall", "Agency"):
        world.operator.record(f"/networks/{world.office.id}/handover", {"office": name}, if_match=ANY)
    agency = person(world, "office")  # who is invited now acts for the office of now
    step(world.beta, job, "acceptances")
    page = agency.text(f"/collaborations/{job}")
    assert "The network office for Example alpha" in page
    assert "Agency" in page
    assert "Example alpha" in agency.text("/firms")
