"""The capacity board: a firm says what it has or needs, its network sees it, and it ends by itself."""

from __future__ import annotations

import csv
from io import StringIO

import pytest

from tests.api.jobs import OFFER
from tests.api.world import World
from tests.dashboards.people import person

FORM = {**OFFER, "hours": "37,5", "note": "With an operator"}


def test_an_offer_is_seen_by_the_network_and_taken_off_by_its_firm(either_world: World) -> None:
    """The others read it and cannot take it off; another network has a board of its own."""
    world = either_world
    alpha, beta = person(world, "alpha"), person(world, "beta")
    assert alpha.send("/board", "/board", **FORM).status_code == 303
    shown = beta.text("/board")
    assert "Lathe" in shown
    assert "Take off" not in shown.partition("<form")[0]
    assert "Lathe" in person(world, "office").text("/board")
    assert "Nothing stands on the board" in person(world, "omega").text("/board")
    (offer,) = alpha.get("/board.json").get_json()["items"]
    assert (offer["hours"], offer["to"], offer["name"]) == ("37.5", "2026-06-30", "Example alpha")
    assert beta.send("/board", f"/board/{offer['id']}/withdraw").status_code == 403
    assert alpha.send("/board", f"/board/{offer['id']}/withdraw").status_code == 303
    assert "Nothing stands on the board" in beta.text("/board")


def test_it_ends_with_its_last_day(world: World) -> None:
    """Without an event, and without anybody's doing."""
    alpha = person(world, "alpha")
    alpha.send("/board", "/board", **FORM)
    events = world.events()
    world.clock.forward(days=200)
    world.alpha.record("/capacity-offers", {**OFFER, "what": "Press", "to": "2026-12-24"}, idempotency_key="later")
    found = world.alpha.read("/capacity-offers")["items"]
    assert [one["what"] for one in found] == ["Press"]
    assert world.events() == events + 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"what": ""}, "Say which machine"),
        ({"to": "2026-03-01"}, "The last day"),
        ({"from": "yesterday"}, "The first day"),
        ({"hours": "many"}, "Hours as a number"),
        ({"direction": "both"}, "Say whether you have it"),
    ],
)
def test_what_is_wrong_stands_at_its_field(world: World, wrong: dict[str, str], said: str) -> None:
    """And what was typed stays."""
    alpha = person(world, "alpha")
    answer = alpha.send("/board", "/board", **{**FORM, **wrong})
    assert answer.status_code == 422
    assert said in answer.text
    assert "With an operator" in answer.text


def test_a_bank_is_told_nothing(world: World) -> None:
    """Neither as a page nor over the interface nor in its feed."""
    person(world, "alpha").send("/board", "/board", **FORM)
    assert person(world, "bank").get("/board").status_code in {403, 404}
    assert world.bank.get("/capacity-offers").status_code == 403
    told = {event["type"] for event in world.bank.read("/events?limit=200")}
    assert not any("offer" in one for one in told)
    own = {event["type"] for event in world.alpha.read("/events?limit=200")}
    assert "ledger.offer.offered" in own


def test_the_file_holds_what_the_page_shows(world: World) -> None:
    """One row an offer; narrowed alike."""
    alpha = person(world, "alpha")
    alpha.send("/board", "/board", **FORM)
    rows = list(csv.reader(StringIO(alpha.text("/board.csv"))))
    assert rows[1] == ["Free", "Machine", "Lathe", "37.5", "2026-03-02", "2026-06-30", "Example alpha", FORM["note"]]
    assert len(list(csv.reader(StringIO(alpha.text("/board.csv?direction=sought"))))) == 1


def test_erasing_a_firm_takes_its_words_away(world: World) -> None:
    """The offer stays; machine and note are gone."""
    person(world, "alpha").send("/board", "/board", **FORM)
    assert world.office.send("DELETE", f"/firms/{world.alpha.id}/personal-data").status_code == 200
    (offer,) = world.office.read("/capacity-offers")["items"]
    assert (offer["what"], offer["note"]) == ("erased", "erased")
