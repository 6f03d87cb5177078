"""The map of a network: who is drawn, where, and who holds groups together."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ledger.domain.actor import Actor, Role
from ledger.domain.epoch import Epoch
from ledger.domain.errors import NotFound
from ledger.domain.ids import identify
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.network_map import brokers as measures
from ledger.projections.network_map import queries, snapshot
from ledger.projections.network_map.communities import communities
from ledger.projections.network_map.layout import anew, widened
from ledger.projections.network_map.projector import PROJECTION as MAP
from tests.stories import COORDINATOR, NETWORK, Story, as_firm, by, confirmed_job, firm, firm_id, network

NAMES = "ABCDEFGH"
# Two circles of four that D and E hold together.
CIRCLES = tuple(map(tuple, ("AB", "BC", "CD", "DA", "AC", "EF", "FG", "GH", "HE", "EG", "DE")))


def epoch(day: float) -> Epoch:
    """The end of an epoch."""
    return Epoch.close(identify("epoch", str(day), NETWORK), by(COORDINATOR, day), NETWORK)


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Eight firms, half of them Danish, and one more without a partner."""
    story = begin(MAP, CONSENTS)
    story.tell(network(), *(firm(name, country="DE" if name < "E" else "DK", nace="25.62") for name in NAMES))
    story.tell(firm("Z"), *(confirmed_job(firm_id(a), firm_id(b), day=1) for a, b in CIRCLES))
    return story


def drawn(story: Story, **asked: Any) -> Any:
    """The map as the coordinator sees it."""
    past = {name: asked.pop(name) for name in ("as_of_position",) if name in asked}
    with story.reading(**past) as reading:
        return queries.network_map(reading, COORDINATOR, NETWORK, **asked)


def test_everybody_who_works_with_others_is_drawn(story: Story) -> None:
    """With its partners; who works with nobody stands in the rack."""
    story.tell(epoch(2))
    found = drawn(story)
    nodes = {node["name"]: node for node in found["nodes"]}
    assert sorted(nodes) == list(NAMES)
    assert [one["name"] for one in found["alone"]] == ["Z"]
    assert (nodes["D"]["partners"], nodes["E"]["partners"], nodes["B"]["partners"]) == (3, 4, 2)
    assert sum(edge["crossing"] for edge in found["edges"]) == 1
    assert all(-1 <= node["x"] <= 1 and -1 <= node["y"] <= 1 for node in nodes.values())
    assert found["snapshot"]["pairs"] == len(found["edges"]) == 11


def test_those_who_hold_groups_together_are_brokers(story: Story) -> None:
    """Every way from one circle to the other passes them; the circles are communities."""
    story.tell(epoch(2))
    with story.reading() as reading:
        found = queries.brokers(reading, COORDINATOR, NETWORK, limit=2)
    assert {one["name"] for one in found} == {"D", "E"}
    nodes = {node["name"]: node["community"] for node in drawn(story)["nodes"]}
    assert len({nodes[name] for name in "ABCD"}) == len({nodes[name] for name in "EFGH"}) == 1
    assert nodes["A"] != nodes["H"]


def test_a_newcomer_moves_nobody(story: Story) -> None:
    """And the past keeps the map that was."""
    before = story.tell(epoch(2))
    first = {node["name"]: (node["x"], node["y"]) for node in drawn(story)["nodes"]}
    story.tell(confirmed_job(firm_id("Z"), firm_id("A"), day=3), epoch(4))
    second = {node["name"]: (node["x"], node["y"]) for node in drawn(story)["nodes"]}
    assert {name: second[name] for name in first} == first
    assert None not in second["Z"]
    then = drawn(story, as_of_position=before)
    assert {node["name"]: (node["x"], node["y"]) for node in then["nodes"]} == first


def test_it_is_drawn_before_the_first_night(story: Story) -> None:
    """Ten pairs are enough; an epoch without news draws nothing."""
    taken = drawn(story)["snapshot"]
    assert taken["pairs"] == 10
    last = story.tell(epoch(2))
    assert drawn(story)["snapshot"]["position"] == last
    story.tell(epoch(3))
    assert drawn(story)["snapshot"]["position"] == last


def test_a_year_shows_its_own_pairs(story: Story) -> None:
    """A job that is taken back is no longer drawn."""
    late = confirmed_job(firm_id("Z"), firm_id("A"), day=310)
    story.tell(late)
    assert drawn(story)["years"] == [2027, 2026]
    assert [(edge["jobs"]) for edge in drawn(story, year=2027)["edges"]] == [1]
    late.withdraw(by(as_firm(firm_id("Z")), 311), firm_id("Z"))
    story.tell(late)
    assert drawn(story)["years"] == [2026]


def test_a_large_network_is_drawn_in_communities(story: Story, monkeypatch: pytest.MonkeyPatch) -> None:
    """And one firm with its neighbours, if it is asked for."""
    monkeypatch.setattr(queries, "DRAWN", 4)
    monkeypatch.setattr(snapshot, "DRAWN", 4)
    story.tell(epoch(2))
    found = drawn(story)
    assert (found["drawn"], [one["firms"] for one in found["bubbles"]], found["alone_count"]) == (
        "communities",
        [4, 4],
        1,
    )
    assert [tie["pairs"] for tie in found["ties"]] == [1]
    near = drawn(story, focus=firm_id("D"))
    assert {node["name"] for node in near["nodes"]} == set("ACDE")
    assert next(node for node in near["nodes"] if node["name"] == "D")["x"] == 0
    with pytest.raises(NotFound):
        drawn(story, focus=firm_id("nobody"))


def test_the_map_is_the_offices(story: Story) -> None:
    """No firm and no other office sees it."""
    south = identify("network", "south")
    with story.reading() as reading:
        for viewer in (as_firm(firm_id("A")), Actor(Role.COORDINATOR, south, south)):
            with pytest.raises(NotFound):
                queries.network_map(reading, viewer, NETWORK)


def test_a_rebuild_draws_the_same_map(story: Story) -> None:
    """Row by row: the layout has a seed, and no two threads add up one measure."""
    story.tell(epoch(2), confirmed_job(firm_id("Z"), firm_id("A"), day=3), epoch(4))

    def rows() -> Any:
        with story.reading() as reading:
            return [reading.connection.execute(select(one)).all() for one in MAP.metadata.sorted_tables]

    before = rows()
    story.rebuild("network_map")
    assert list(map(sorted_rows, rows())) == list(map(sorted_rows, before))


def sorted_rows(rows: Any) -> list[str]:
    """The rows of a table in a settled order."""
    return sorted(map(repr, rows))


def test_measures_by_pivots_agree_with_exact_ones(monkeypatch: pytest.MonkeyPatch) -> None:
    """With every firm as a pivot they are the same numbers."""
    pairs = [(NAMES.index(a), NAMES.index(b)) for a, b in CIRCLES]
    exact = measures.betweenness(len(NAMES), pairs)
    monkeypatch.setattr(measures, "EXACT", 0)
    assert measures.betweenness(len(NAMES), pairs) == pytest.approx([one * 7 / 8 for one in exact])


def test_layouts_are_the_same_every_time() -> None:
    """Bit for bit; a map that is laid out anew is turned towards the one before."""
    pairs = [(NAMES.index(a), NAMES.index(b)) for a, b in CIRCLES]
    one = anew(8, pairs, {})
    assert anew(8, pairs, {}) == one
    mirrored = {node: (-x, y) for node, (x, y) in one.items()}
    again = anew(8, pairs, mirrored)
    assert all(again[node] == pytest.approx(mirrored[node], abs=1e-6) for node in mirrored)
    assert widened(8, pairs, one) == one


def test_communities_of_nobody() -> None:
    """Nodes without pairs are groups of their own."""
    assert communities(0, []) == []
    assert communities(3, [(0, 2)]) == [0, 1, 0]
