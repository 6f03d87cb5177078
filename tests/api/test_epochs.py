"""Epochs over HTTP."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ledger.domain.epoch import Epoch
from tests.api.callers import refused
from tests.api.world import World


def closed(world: World) -> list[Any]:
    """Every epoch in the log."""
    return [event for _, event in world.house.store.read(0, 100_000) if isinstance(event, Epoch.Closed)]


def path(world: World) -> str:
    """Where the epochs of the northern network are closed."""
    return f"/networks/{world.office.id}/epochs"


@pytest.mark.parametrize("name", ["operator", "office"])
def test_operator_and_coordinator_close_epochs(either_world: World, name: str) -> None:
    """The answer says where in the log; the event belongs to the network and is of today."""
    world = either_world
    answer = world.caller(name).post(path(world), {}, idempotency_key="tonight")
    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/networks/{world.office.id}"
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Ledger-Position"] == str(answer.json["position"]) == str(world.house.ledger.head())
    (event,) = closed(world)
    assert (str(event.originator_id), str(event.network_id)) == (answer.json["id"], world.office.id)
    assert event.happened_on == world.clock.now.date()


def test_a_repeated_request_closes_no_second_one(world: World) -> None:
    """Not even the day after: what was recorded under the key is answered."""
    first = world.office.record(path(world), idempotency_key="once")
    world.clock.forward(days=1)
    assert world.office.record(path(world), idempotency_key="once")["id"] == first["id"]
    assert len(closed(world)) == 1
    world.office.record(path(world), idempotency_key="twice")
    assert len(closed(world)) == 2


def test_without_a_key_every_request_closes_one(world: World) -> None:
    """An Idempotency-Key is welcome, not required."""
    assert len({world.office.record(path(world))["id"] for _ in range(2)}) == 2


def test_every_caller_has_keys_of_its_own(world: World) -> None:
    """An office cannot use up a key with which the operator, or the ledger itself, is going to close."""
    for name in ("office", "operator"):
        world.caller(name).record(path(world), idempotency_key="nightly-2026-03-03")
    assert len(closed(world)) == 2


def test_others_close_none(world: World) -> None:
    """Members may not; for other offices, and where there is no network, there is nothing to close."""
    before = world.events()
    for name in ("alpha", "omega", "bank"):
        refused(world.caller(name).post(path(world)), 403, "not-permitted")
    detail = refused(world.other_office.post(path(world)), 404, "not-found")
    assert detail == refused(world.operator.post(f"/networks/{uuid4()}/epochs"), 404, "not-found")
    assert world.events() == before


def test_nobody_chooses_the_day(world: World) -> None:
    """A body with anything in it is refused: an epoch closes when it is asked for."""
    answer = world.operator.post(path(world), {"on": "2026-01-01"})
    refused(answer, 422, "invalid-request", "/on")
    assert closed(world) == []
