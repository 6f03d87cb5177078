"""The lists behind the office's figures: news, joint work, one piece of it, the map, suggested partners."""

from __future__ import annotations

import csv
import re
from io import StringIO

from tests.api import jobs
from tests.api.world import World
from tests.dashboards.people import person
from tests.dashboards.works import worked

NEWS = re.compile(r'<li class="(\w+)"')


def test_news_are_narrowed_by_what_kind_and_firm(world: World) -> None:
    """Each filter keeps what it says, and one that finds nothing says so."""
    worked(world)
    office = person(world, "office")
    every = NEWS.findall(office.text("/activity"))
    assert {"recorded", "confirmed", "admitted"} <= {*every}
    assert {*NEWS.findall(office.text("/activity?what=confirmed"))} == {"confirmed"}
    assert {*NEWS.findall(office.text("/activity?kind=subcontract"))} <= {"recorded", "confirmed"}
    own = NEWS.findall(office.text(f"/activity?firm={world.gamma.id}"))
    assert own == ["admitted"]
    assert "Nothing like that has happened" in office.text("/activity?what=settled")


def test_news_are_read_page_by_page(world: World) -> None:
    """The next page begins behind the last line of the one before."""
    worked(world)
    office = person(world, "office")
    shown = office.text("/activity?limit=2")
    first = office.get("/activity.json?limit=2").get_json()
    assert f"cursor={first['next'][:8]}" in shown
    second = office.get(f"/activity.json?limit=2&cursor={first['next']}").get_json()
    assert second["items"][0]["position"] < first["items"][-1]["position"]
    rows = list(csv.reader(StringIO(office.text("/activity.csv"))))
    assert len(rows) == len(office.get("/activity.json").get_json()["items"]) + 1


def test_work_is_listed_and_narrowed(world: World) -> None:
    """By firm, kind, state and business date; a day before anything was done finds nothing."""
    job = jobs.confirmed(world.alpha, world.beta)
    office = person(world, "office")
    assert f"/collaborations/{job}" in office.text(f"/collaborations?firm={world.alpha.id}&state=&from=&to=")
    assert "There is no such work" in office.text(f"/collaborations?firm={world.gamma.id}")
    assert "There is no such work" in office.text("/collaborations?to=1999-12-31")
    assert office.get("/collaborations?from=2026-02-30").status_code == 422
    assert job in office.text("/collaborations.csv")


def test_one_piece_of_work_shows_everything_that_happened_to_it(world: World) -> None:
    """Firms, terms and events in order; the words of a dispute stand with it."""
    job = jobs.confirmed(world.alpha, world.beta)
    jobs.step(world.beta, job, "disputes", {"reason": "The hours are too many"})
    office = person(world, "office")
    shown = office.text(f"/collaborations/{job}")
    assert shown.index("Confirmed by everybody") < shown.rindex("The hours are too many")
    assert "alpha" in shown
    rows = list(csv.reader(StringIO(office.text(f"/collaborations/{job}.csv"))))
    assert rows[-1][2:] == ["Disputed", "Example beta", "The hours are too many"]


def test_work_of_another_network_does_not_exist(world: World) -> None:
    """Neither as a page nor as a row."""
    job = jobs.confirmed(world.alpha, world.beta)
    other = person(world, "other_office")
    assert other.get(f"/collaborations/{job}").status_code == 404
    assert job not in other.text("/collaborations")
    assert "confirmed" not in NEWS.findall(other.text("/activity"))
    assert other.get(f"/network?focus={world.alpha.id}").status_code == 404


def test_the_map_lists_a_firm_s_partners(world: World) -> None:
    """With their jobs; the table below has every firm, and so has the file."""
    worked(world)
    office = person(world, "office")
    shown = office.text(f"/network?focus={world.alpha.id}")
    assert "Who works with Example alpha" in shown
    assert "1 partner" in shown
    assert "beta" in shown
    rows = list(csv.reader(StringIO(office.text("/network.csv"))))
    assert {row[0] for row in rows[1:]} == {f"Example {name}" for name in ("alpha", "beta", "gamma", "delta")}
    assert office.get("/network?page=99999999999999999999").status_code == 200
    assert office.get("/network?year=1").status_code == 422


def test_a_suggestion_shows_both_firms_and_sends_nothing(world: World) -> None:
    """Whoever has a partner needs none, and has no such page."""
    worked(world)
    office = person(world, "office")
    events = world.events()
    assert "A partner for Example gamma" in office.text(f"/network/suggestions/{world.gamma.id}?months=24")
    assert office.get(f"/network/suggestions/{world.alpha.id}?months=24").status_code == 404
    assert world.events() == events
