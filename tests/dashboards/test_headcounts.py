"""How many people a firm employs: told on the firm's own page, and by the office on its page of the firm."""

from __future__ import annotations

import pytest

from ledger.web.languages import LANGUAGES
from tests.api.world import World
from tests.dashboards.people import Person, person

FIGURES = {"year": "2025", "employees": "1234", "apprentices": "56"}
TITLES = {"en": "Staff and apprentices", "de": "Beschäftigte und Auszubildende", "da": "Ansatte og lærlinge"}
NONE = {"en": "No figures yet.", "de": "Noch keine Zahlen.", "da": "Ingen tal endnu."}
SHOWN = {"en": "1,234", "de": "1.234", "da": "1.234"}
DONE = {"en": "The figures are recorded.", "de": "Die Zahlen sind eingetragen.", "da": "Tallene er registreret."}
RIGHT = {
    "year": {
        "en": "A year from 1990 that has begun.",
        "de": "Ein Jahr ab 1990, das schon begonnen hat.",
        "da": "Et år fra 1990, som er begyndt.",
    },
    "employees": {
        "en": "A whole number from 0 to 100,000.",
        "de": "Eine ganze Zahl von 0 bis 100.000.",
        "da": "Et helt tal fra 0 til 100.000.",
    },
    "apprentices": {
        "en": "A whole number, no more than there are employees.",
        "de": "Eine ganze Zahl, nicht mehr als Beschäftigte.",
        "da": "Et helt tal, ikke flere end antallet af ansatte.",
    },
}


def teller(world: World, name: str, language: str = "en") -> tuple[Person, str]:
    """Who tells, and the page on which it is told."""
    return person(world, name, language, "clerk"), "/mine" if name == "alpha" else f"/firms/{world.alpha.id}"


@pytest.mark.parametrize("name", ["alpha", "office"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_figures_are_told_and_shown(world: World, name: str, language: str) -> None:
    """Beside those of earlier years; for a clerk as well as for the owner."""
    who, page = teller(world, name, language)
    before = who.text(page)
    assert TITLES[language] in before
    assert NONE[language] in before
    answer = who.send(page, f"{page}/headcounts", **FIGURES)
    assert (answer.status_code, answer.location) == (303, f"{page}?done=headcount")
    after = who.text(answer.location)
    assert DONE[language] in after
    assert f'<td class="num">{SHOWN[language]}</td><td class="num">56</td>' in after
    (told,) = who.get(f"{page}.json").json["firm"]["headcounts"]
    assert (told["year"], told["employees"], told["apprentices"]) == (2025, 1234, 56)


@pytest.mark.parametrize("name", ["alpha", "office"])
@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"year": "2027"}, "year"),
        ({"year": "last"}, "year"),
        ({"employees": "1.5"}, "employees"),
        ({"employees": "100001"}, "employees"),
        ({"apprentices": "1235"}, "apprentices"),
        ({"apprentices": ""}, "apprentices"),
    ],
)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_cannot_be_is_said_at_its_field(
    world: World, name: str, wrong: dict[str, str], field: str, language: str
) -> None:
    """With everything kept that was typed, and nothing recorded."""
    who, page = teller(world, name, language)
    before = world.events()
    answer = who.send(page, f"{page}/headcounts", **{**FIGURES, **wrong})
    assert answer.status_code == 422
    assert f'id="{field}-fault">{RIGHT[field][language]}' in answer.text
    assert 'value="1234"' in answer.text or field == "employees"
    assert world.events() == before


def test_the_office_tells_for_its_own_firms_alone(world: World) -> None:
    """A firm of another network is not there."""
    path = f"/firms/{world.omega.id}/headcounts"
    assert person(world, "office").send("/firms", path, **FIGURES).status_code == 404
