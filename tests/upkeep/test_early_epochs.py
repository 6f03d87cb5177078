"""An epoch before the night: in a network in which nobody is believed yet, as soon as there is something to go by."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations
from typing import Any

import pytest

from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.epoch import Epoch
from ledger.domain.ids import identify
from ledger.projections.trust.awaiting import Awaiting, awaiting
from ledger.services import House, build
from ledger.upkeep.epochs import Due, Epochs, early
from tests.api.callers import Clock
from tests.stories import COORDINATOR, NETWORK, by, confirmed_job, firm, firm_id, network

FIRMS = ("A", "B", "C")


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """A ledger with one network, at the time at which the stories begin."""
    opened = build(Settings(database_url=database_url), Clock())
    opened.migrate()
    told(opened, network())
    yield opened
    opened.close()


def told(house: House, *aggregates: Any) -> None:
    """Record what these have to say, and let the read models know of it."""
    for aggregate in aggregates:
        house.store.record(aggregate)
    house.follower.catch_up()


def members(house: House, verified: int) -> None:
    """Three firms, so many of them verified, that say how well each pays the others."""
    for number, name in enumerate(FIRMS):
        member = firm(name)
        if number < verified:
            member.verify(by(COORDINATOR), "CVR", "of 1 March 2026")
        told(house, member)
    told(house, *references())


def references(key: str = "") -> list[Any]:
    """What each firm states of each other."""
    pairs = permutations(map(firm_id, FIRMS), 2)
    return [confirmed_job(one, other, kind="credit_reference", key=f"{key}{n}") for one, other in pairs for n in "12"]


def due(house: House) -> list[Due]:
    """What the rule asks for now."""
    return list(early(house.views)(house.ledger.clock()))


def last_epoch(house: House) -> int:
    """The position of the last epoch."""
    return max(position for position, event in house.store.read(0, 1000) if isinstance(event, Epoch.Closed))


def test_the_first_epoch_comes_with_the_first_reports(house: House) -> None:
    """It is closed once, and then somebody is believed: the night is soon enough for the next."""
    members(house, verified=3)
    assert due(house) == [Due(NETWORK, "after-0")]
    keeping = Epochs(house.ledger, (early(house.views),))
    keeping.look()
    house.follower.catch_up()
    told(house, *references("more"))
    assert due(house) == []
    keeping.look()
    assert last_epoch(house) == house.store.head() - len(references()) * 2


@pytest.mark.parametrize("verified", [0, 1])
def test_without_verified_firms_an_epoch_would_change_nothing(house: House, verified: int) -> None:
    """Trust starts at verified firms, and one alone carries nobody."""
    members(house, verified)
    assert due(house) == []


def test_an_epoch_that_helped_nobody_is_repeated_only_for_news(house: House) -> None:
    """A report or a verification since then, and something to go by at all."""
    for name in FIRMS:
        member = firm(name)
        member.verify(by(COORDINATOR), "CVR", "of 1 March 2026")
        told(house, member)
    told(house, Epoch.close(identify("epoch", "first", NETWORK), by(OPERATOR), NETWORK))
    assert due(house) == []
    position = last_epoch(house)
    told(house, *references())
    assert due(house) == [Due(NETWORK, f"after-{position}")]
    with house.views.read("trust") as reading:
        assert list(awaiting(reading)) == [Awaiting(NETWORK, position)]
