"""Networks and banks."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest

from ledger.domain.actor import OPERATOR
from ledger.domain.errors import NotFound
from ledger.projections.networks import queries
from ledger.projections.networks.projector import PROJECTION
from tests.stories import COORDINATOR, NETWORK, Story, as_bank, as_firm, bank, network


@pytest.fixture
def story(begin: Callable[..., Story]) -> Story:
    """Two networks and two banks."""
    story = begin(PROJECTION)
    story.tell(network(), network("south"), bank("Harbour Bank"), bank("Bridge Bank"))
    return story


def test_a_network_is_shown_to_those_in_it(story: Story) -> None:
    """Its coordinator and firms see their own, the operator all, a bank none."""
    with story.reading() as reading:
        for viewer in (COORDINATOR, as_firm(uuid4())):
            assert [one["name"] for one in queries.networks(reading, viewer, limit=9).items] == ["north"]
        assert len(queries.networks(reading, OPERATOR, limit=9).items) == 2
        assert queries.networks(reading, as_bank(uuid4()), limit=9).items == []
        with pytest.raises(NotFound):
            queries.network(reading, COORDINATOR, network("south").id)
        assert queries.network(reading, COORDINATOR, NETWORK) == {
            "id": str(NETWORK),
            "name": "north",
            "office": "Agency",
            "offices": [{"id": str(NETWORK), "name": "Agency", "since": "2026-03-02T09:00:00Z"}],
            "founded_at": "2026-03-02T09:00:00Z",
            "version": 1,
            "position": 1,
        }


def test_the_ledger_itself_finds_every_network(story: Story) -> None:
    """For its own work, as of any position."""
    with story.reading() as reading:
        assert set(queries.every_network(reading)) == {NETWORK, network("south").id}
    with story.reading(as_of_position=1) as reading:
        assert queries.every_network(reading) == [NETWORK]


def test_every_caller_sees_the_banks(story: Story) -> None:
    """Firms choose one for their consent."""
    with story.reading() as reading:
        first = queries.banks(reading, as_firm(uuid4()), limit=1)
        rest = queries.banks(reading, as_firm(uuid4()), limit=1, cursor=first.next)
        assert [one["name"] for one in (*first.items, *rest.items)] == ["Bridge Bank", "Harbour Bank"]
        assert queries.bank(reading, as_bank(uuid4()), bank().id)["country"] == "DE"
        with pytest.raises(NotFound):
            queries.bank(reading, OPERATOR, uuid4())


def test_the_past_knows_no_later_networks(story: Story) -> None:
    """As of an earlier position a later network is not there."""
    with story.reading(as_of_position=1) as reading:
        assert [one["name"] for one in queries.networks(reading, OPERATOR, limit=9).items] == ["north"]
        assert queries.banks(reading, OPERATOR, limit=9).items == []
