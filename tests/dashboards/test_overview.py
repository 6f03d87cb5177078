"""What a network's office sees first: the headline, figures that lead to what is behind them, map and suggestions."""

from __future__ import annotations

import csv
import re
from io import StringIO
from typing import Any

import pytest

from ledger.dashboards.network_places import spread
from ledger.dashboards.overview_words import headline, leads
from tests.api.world import World
from tests.dashboards.people import person
from tests.dashboards.works import worked

LINK = re.compile(r'href="(/(?:activity|collaborations|network)[^"]*)"')


def figures(**changed: Any) -> dict[str, Any]:
    """Return indicators in which only these figures are known: value, compared, before."""
    codes = ("confirmed_jobs", "crossing_share", "days_to_confirm")
    given = {code: changed.get(code, (None, None, None)) for code in codes}
    return {
        "figures": [
            {
                "code": code,
                **dict(zip(("value", "compared", "before"), one, strict=True)),
                "change": None if None in one[1:] else one[1] - one[2],
            }
            for code, one in given.items()
        ],
        "isolated_count": changed.get("alone", 0),
    }


@pytest.mark.parametrize(
    ("jobs", "code"),
    [
        ((0, 0, 0), "quiet"),
        ((7, 6, 0), "first"),
        ((30, 25, 12), "few"),
        ((120, 113, 100), "up"),
        ((90, 80, 100), "down"),
        ((110, 102, 100), "same"),
    ],
)
def test_the_headline_says_what_happened(jobs: tuple[int, int, int], code: str) -> None:
    """It compares whole months with those of a year before, and names no share of a handful of jobs."""
    assert headline(figures(confirmed_jobs=jobs)).code == code


def test_the_lead_says_only_what_changed() -> None:
    """The border with its change, the time to confirm where it differs by half a day, firms without a partner."""
    told = leads(figures(crossing_share=(0.2, 0.2, 0.17), days_to_confirm=(2.1, 2.1, 2.9), alone=14))
    assert [one.code for one in told] == ["crosses_more", "faster", "alone"]
    assert (
        leads(figures(crossing_share=(0.2, 0.2, 0.2), days_to_confirm=(2.1, 2.1, 2.2), alone=1))[-1].code == "alone_one"
    )
    assert leads(figures()) == ()


def test_an_empty_network_is_shown_as_empty(world: World) -> None:
    """Nothing has happened: the page says so, and stands."""
    shown = person(world, "office").text("/overview?months=3")
    assert "No work was confirmed by both sides" in shown


@pytest.mark.parametrize(("language", "words"), [("de", "Von beiden Seiten"), ("da", "Arbejde bekræftet")])
def test_figures_lead_to_what_is_behind_them(world: World, language: str, words: str) -> None:
    """Every link into lists and map opens, in the reader's language."""
    worked(world)
    office = person(world, "office", language)
    shown = office.text("/overview")
    assert words in shown
    for link in sorted({one.replace("&amp;", "&") for one in LINK.findall(shown)}):
        assert office.get(link).status_code == 200, link


def test_figures_are_a_file_as_well(world: World) -> None:
    """Six figures, a line each, with a column for each month; the same as JSON beside the page."""
    worked(world)
    office = person(world, "office")
    rows = list(csv.reader(StringIO(office.text("/overview.csv?months=24").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}"))))
    assert (len(rows), len(rows[0])) == (7, 5 + 24)
    assert rows[1][:3] == ["Confirmed work", "jobs", "1"]
    told = office.get("/overview.json?months=24").get_json()
    assert told["figures"][0]["value"] == 1
    assert {one["name"] for one in told["isolated"]} == {"Example gamma", "Example delta"}


def test_a_new_event_is_shown_at_once(world: World) -> None:
    """What was drawn is kept no longer than until the next event, and a name no longer than it may be said."""
    office = person(world, "office")
    assert "recorded work with" not in office.text("/overview")
    worked(world)
    assert "recorded work with" in office.text("/overview")


def test_the_past_is_shown_as_it_was(world: World) -> None:
    """As of a position before the first job there is none."""
    position = worked(world)
    office = person(world, "office")
    assert "recorded work with" not in office.text(f"/overview?as_of_position={position - 1}")


@pytest.mark.parametrize("query", ["months=5", "sector=metal", "country=Germany"])
def test_what_cannot_be_asked_is_refused(world: World, query: str) -> None:
    """An address that means nothing is told to be wrong."""
    assert person(world, "office").get(f"/overview?{query}").status_code == 422


def test_an_empty_choice_asks_for_nothing(world: World) -> None:
    """A form sends every field, also those that were left as they are."""
    assert person(world, "office").get("/overview?months=12&sector=&country=").status_code == 200


def test_every_firm_has_room_on_the_map() -> None:
    """A knot is drawn apart, smaller parts stand below, and no place leaves the picture."""
    knot = {f"f{n}": (n / 1000, (n * 7 % 10) / 1000) for n in range(10)}
    places = spread({**knot, "a": (0.9, 0.9), "b": (0.91, 0.9)}, {**dict.fromkeys(knot, 0), "a": 1, "b": 1})
    apart = [
        (x - u) ** 2 + (y - v) ** 2
        for one, (x, y) in places.items()
        for other, (u, v) in places.items()
        if one < other and {one, other} != {"a", "b"}
    ]
    assert min(apart) > 0.01
    assert all(-1 <= x <= 1 and -1 <= y <= 1 for x, y in places.values())
    assert min(places["a"][1], places["b"][1]) > max(places[one][1] for one in knot)
    assert spread({}, {}) == {}
