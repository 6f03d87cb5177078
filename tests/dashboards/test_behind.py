"""Every figure opens the list behind it, and the list has as many entries as the figure counts."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from tests.api import jobs
from tests.api.world import World
from tests.dashboards.people import Person, person

LINK = re.compile(r'<a href="((?:/collaborations|/firms|/activity)\?[^"]*)">\s*([^<]*)')
PLACES = {"alpha": "25.62", "beta": "28.41", "gamma": "25.11", "delta": "28.41"}
LATELY = {"completed_on": "2026-01-15"}


@pytest.fixture
def office(world: World) -> Person:
    """The office of a network with work of many sorts: contested, across the border, struck, only claimed."""
    for name, nace in PLACES.items():
        firm = world.caller(name)
        world.office.send("PATCH", f"/firms/{firm.id}", {"nace": nace}, if_match=jobs.ANY)
    alpha, beta, gamma, delta = (world.caller(name) for name in PLACES)
    for partner in (beta, gamma, delta):
        jobs.confirmed(alpha, partner, **LATELY)
    jobs.confirmed(beta, delta)  # in 2024
    jobs.propose(alpha, jobs.finished(alpha, gamma))  # claimed
    for kind in ("shared_training", "joint_purchase", "capacity_sharing"):
        jobs.step(delta, jobs.propose(alpha, jobs.body(kind, alpha, delta, **LATELY)), "acceptances")
    jobs.propose(alpha, jobs.body("credit_reference", alpha, beta))
    for outcome in ("upheld", "struck"):
        job = jobs.confirmed(alpha, beta, **LATELY)
        jobs.step(beta, job, "disputes", {"reason": "The hours are too many"})
        jobs.step(world.office, job, "disputes/1/settlement", {"outcome": outcome})
    jobs.step(gamma, jobs.confirmed(alpha, gamma, **LATELY), "disputes", {"reason": "Not so"})
    return person(world, "office")


def entries(office: Person, link: str) -> int:
    """How many entries the list has, gone through to its end; what it says of itself is the same."""
    path, _, query = link.partition("?")
    found, cursor = 0, ""
    while True:
        page = office.get(f"{path}.json?{query}{cursor}").get_json()
        found += len(page.get("items", page.get("firms")))
        if page["next"] is None:
            assert page["total"] == found
            return found
        cursor = f"&cursor={page['next']}"


def count_of(figure: dict[str, Any], confirmed: int) -> int:
    """How many entries a headline figure has behind it: of a share those that it is of, of a median all."""
    if figure["unit"] == "share":
        return round((figure["value"] or 0) * confirmed)
    return int({"days": confirmed, "hours": bool(figure["value"])}.get(figure["unit"], figure["value"]))


@pytest.mark.parametrize("chosen", ["months=12", "months=24", "months=3&country=DK", "months=24&sector=25&country=DE"])
def test_headline_figures_lead_to_what_they_count(office: Person, chosen: str) -> None:
    """States, dates, sector and country of the list are those of the figure."""
    data = office.get(f"/overview.json?{chosen}").get_json()
    shown = {unescape(link) for link, _ in LINK.findall(office.text(f"/overview?{chosen}"))}
    confirmed = data["figures"][0]["value"]
    assert confirmed > 0
    for figure in data["figures"]:
        link = f"/{figure['list']}?{figure['query']}"
        assert link in shown
        assert (figure["code"], entries(office, link)) == (figure["code"], count_of(figure, confirmed))
    for month in data["by_month"]:
        assert entries(office, f"/collaborations?{month['query']}") == month["total"]


@pytest.mark.parametrize("year", [2024, 2026])
def test_figures_of_a_year_lead_to_what_they_count(office: Person, year: int) -> None:
    """Whatever counts something has as many entries behind it; a sum has those that it adds up."""
    data = office.get(f"/reports/{year}.json").get_json()["this"]
    links = {unescape(link): text for link, text in LINK.findall(office.text(f"/reports/{year}"))}
    assert len(links) > 5
    own = {link: text for link, text in links.items() if str(year) in link}
    for link, text in own.items():
        if text.strip().isdecimal() and "kind=shared_training" not in link and "kind=capacity" not in link:
            assert (link, entries(office, link)) == (link, int(text))
    dates = f"from={year}-01-01&to={year}-12-31"
    for kind in data["kinds"]:
        assert entries(office, f"/collaborations?counted=work&{dates}&kind={kind['kind']}") == kind["jobs"]
    assert entries(office, f"/collaborations?counted=crossing&{dates}") == data["crossing"]
    for country, domestic in data["domestic"].items():
        assert entries(office, f"/collaborations?counted=domestic&{dates}&country={country}") == domestic
    assert entries(office, f"/activity?what=disputed&year={year}") == data["disputes"]["raised"]


def test_a_list_of_the_past_is_that_of_the_figure(office: Person) -> None:
    """Whoever looks at an earlier position is led to the same position."""
    then = office.get("/overview.json").get_json()["position"]
    before = office.get("/overview.json").get_json()["figures"][0]["value"]
    jobs.confirmed(office.world.alpha, office.world.beta, **LATELY)
    shown = office.text(f"/overview?as_of_position={then}")
    link = unescape(LINK.findall(shown)[0][0])
    assert f"as_of_position={then}" in link
    assert entries(office, link) == before
    assert office.get("/overview.json").get_json()["figures"][0]["value"] == before + 1


def test_the_list_says_how_many_and_of_what(office: Person) -> None:
    """With the words of the figure; whatever is recorded stands one step away."""
    shown = office.text("/collaborations?counted=crossing&country=DK")
    assert "Confirmed work across the border" in shown
    assert re.search(r"\d+ entries · Denmark", shown)
    assert "All joint work, also what is not confirmed" in shown
    assert office.get("/collaborations?counted=work&state=proposed").status_code == 422
    assert office.get("/collaborations?sector=25").status_code == 422
    assert office.get("/firms?worked_from=2026-01").status_code == 422


def test_the_interface_lists_the_same_for_offices_alone(office: Person) -> None:
    """The query string of a figure is understood there as well; nobody else has figures."""
    world = office.world
    asked = "/collaborations?counted=work&from=2026-01-01&to=2026-12-31&limit=200"
    figure = office.get("/reports/2026.json").get_json()["this"]["confirmed_jobs"]
    assert len(world.office.get(asked).get_json()["items"]) == figure
    assert world.alpha.get(asked).status_code == 403
    assert len(world.office.get("/firms?worked_from=2026-01&worked_to=2026-12").get_json()["items"]) == 4
    assert world.bank.get("/firms?admitted_to=2026-12").status_code == 403
