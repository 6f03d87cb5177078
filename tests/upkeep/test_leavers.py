"""Firms are due as a whole when they have left and nothing speaks of them any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from ledger.config import Settings
from ledger.domain.firm import Firm
from ledger.upkeep.leavers import LONGEST, RULE, erase, leavers
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import World, founded

DUE = datetime(2037, 1, 1, tzinfo=UTC)  # the tests' world lives in March 2026


@pytest.fixture
def world() -> Iterator[World]:
    """Everybody, and a job of alpha with beta."""
    made = founded(Settings(database_url="memory:"), Clock())
    praised(made.alpha, made.beta)
    yield made
    made.house.close()


def leave(world: World, *names: str) -> None:
    """Revoke every key of these firms."""
    for item in world.operator.read("/keys")["items"]:
        if item["subject"] in [world.ring[name][0] for name in names]:
            assert world.operator.send("DELETE", f"/keys/{item['id']}").status_code == 204


def found(world: World, at: datetime) -> list[str]:
    """The names of those that are due."""
    world.clock.now = at
    return [one.name for one in leavers(world.house.ledger)]


def test_a_firm_that_left_is_due_after_the_longest_period(world: World) -> None:
    """From the end of the calendar year in which it was last spoken of."""
    leave(world, "alpha", "beta")
    assert LONGEST == 10
    assert found(world, datetime(2036, 12, 31, 23, tzinfo=UTC)) == []
    assert sorted(found(world, DUE)) == ["Example alpha", "Example beta"]


def test_who_still_has_a_key_has_not_left(world: World) -> None:
    """However long it has been silent."""
    leave(world, "alpha")
    assert found(world, datetime(2060, 1, 1, tzinfo=UTC)) == ["Example alpha"]


def test_who_has_replaced_its_key_has_not_left(world: World) -> None:
    """Whose only key was replaced and the new one revoked has, even if nobody revoked the old one."""
    leave(world, "beta")
    (key,) = world.alpha.read("/keys")["items"]
    new = world.alpha.record(f"/keys/{key['id']}/rotation", {"grace_hours": 24})
    assert found(world, DUE) == ["Example beta"]
    world.operator.send("DELETE", f"/keys/{new['id']}")
    assert found(world, datetime(2060, 1, 1, tzinfo=UTC)) == ["Example beta", "Example alpha"]


def test_a_partner_s_word_keeps_a_firm(world: World) -> None:
    """What others record of its jobs is a record of it, too, though they do not name it."""
    job = world.beta.read("/collaborations")["items"][0]["id"]
    leave(world, "alpha")
    world.clock.now = datetime(2030, 5, 2, tzinfo=UTC)
    world.beta.record(f"/collaborations/{job}/disputes", {"reason": "firm: late"}, if_match="*")
    assert found(world, DUE) == []
    assert found(world, datetime(2041, 1, 1, tzinfo=UTC)) == ["Example alpha"]


def test_the_certificate_names_the_rule(world: World) -> None:
    """It is erased like any other, and not due again; its partner is not touched."""
    leave(world, "alpha")
    world.clock.now = DUE
    (leaver,) = leavers(world.house.ledger)
    position = erase(world.house.ledger, leaver)
    assert position == world.house.ledger.head()
    firm = world.house.ledger.load(Firm, UUID(world.alpha.id))
    assert (firm.certificate().rule, firm.certificate().actor, firm.identity["name"]) == (RULE, "operator:", "erased")
    assert leavers(world.house.ledger) == []
    assert world.house.ledger.load(Firm, UUID(world.beta.id)).identity["name"] == "Example beta"
