"""The office reads what both sides say of a contested record, and settles it by a form."""

from __future__ import annotations

from typing import Any

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.jobs import confirmed, step
from tests.api.world import World
from tests.dashboards.people import Person, person

NOTHING = {"en": "No dispute is open.", "de": "Kein Widerspruch ist offen.", "da": "Ingen tvist er åben."}
CHOOSE = {
    "en": "Choose how to settle it.",
    "de": "Wählen Sie, wie Sie entscheiden.",
    "da": "Vælg, hvordan den afgøres.",
}


def contested(world: World) -> str:
    """A confirmed job that beta disputes and alpha has answered."""
    job = confirmed(world.alpha, world.beta)
    step(world.beta, job, "disputes", {"reason": "<b>Never</b> delivered"})
    step(world.alpha, job, "disputes/1/answers", {"statement": "We hold the delivery note"})
    return job


def settled(office: Person, job: str, **fields: Any) -> Any:
    """The answer to the form."""
    path = f"/disputes/{job}/1"
    return office.send(path, path, **fields)


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_open_says_so(world: World, language: str) -> None:
    """In the reader's language."""
    assert NOTHING[language] in person(world, "office", language).text("/disputes")


def test_both_sides_are_heard(world: World) -> None:
    """In the list, on the page of the dispute, and in the table."""
    job = contested(world)
    office = person(world, "office")
    for path in ("/disputes", f"/disputes/{job}/1"):
        page = office.text(path)
        assert "&lt;b&gt;Never&lt;/b&gt; delivered" in page
        assert "We hold the delivery note" in page
    assert "We hold the delivery note" in office.get("/disputes.csv").text
    assert office.get(f"/disputes.json?firm={world.gamma.id}").json["open"] == []


@pytest.mark.parametrize("outcome", ["upheld", "struck"])
def test_a_dispute_is_settled(world: World, outcome: str) -> None:
    """Once: the second form says that somebody was first; both parties see outcome and note."""
    job, office = contested(world), person(world, "office")
    answer = settled(office, job, outcome=outcome, note="The delivery note says so")
    assert answer.location == "/disputes?done=settled"
    for firm in (world.alpha, world.beta):
        (dispute,) = firm.read(f"/collaborations/{job}")["disputes"]
        assert (dispute["outcome"], dispute["note"]) == (outcome, "The delivery note says so")
    page = office.text(answer.location)
    assert "The dispute is settled." in page
    assert settled(office, job, outcome="upheld").status_code == 409


def test_corrected_terms_are_entered_in_the_form(world: World) -> None:
    """They hold what the record holds; the changed one is the record from then on."""
    job, office = contested(world), person(world, "office")
    terms = world.alpha.read(f"/collaborations/{job}")["terms"]
    fields = {
        "terms-value-amount": "1200.50",
        "terms-value-currency": "EUR",
        "terms-period-from": terms["period"]["from"],
        "terms-period-to": terms["period"]["to"],
        "terms-process": "Milling",
    }
    assert settled(office, job, outcome="amended", **fields).status_code == 303
    after = world.alpha.read(f"/collaborations/{job}")
    assert after["terms"]["value"] == {"amount": "1200.50", "currency": "EUR"}
    assert after["terms"]["process"] == "Milling"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_faulty_decision_keeps_what_was_typed(world: World, language: str) -> None:
    """Nothing chosen, or terms that cannot be read."""
    job, office = contested(world), person(world, "office", language)
    before = world.events()
    answer = settled(office, job, note="Why & how")
    assert (answer.status_code, CHOOSE[language] in answer.text) == (422, True)
    assert "Why &amp; how" in answer.text
    wrong = settled(office, job, outcome="amended", **{"terms-value-amount": "much"})
    assert wrong.status_code == 422
    assert 'value="much"' in wrong.text
    assert world.events() == before


def test_a_dispute_elsewhere_does_not_exist(world: World) -> None:
    """Of another network, or with a number that nobody has raised."""
    job = contested(world)
    assert person(world, "other_office").get(f"/disputes/{job}/1").status_code == 404
    assert person(world, "office").get(f"/disputes/{job}/2").status_code == 404
    path = f"/disputes/{job}/1"
    assert person(world, "other_office").send("/disputes", path, outcome="struck").status_code == 404
