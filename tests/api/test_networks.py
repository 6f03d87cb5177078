"""Networks and banks over HTTP."""

from __future__ import annotations

from uuid import uuid4

import pytest

from tests.api.callers import refused
from tests.api.world import World


@pytest.mark.parametrize("path", ["/networks", "/banks"])
def test_the_operator_sets_up_networks_and_banks(world: World, path: str) -> None:
    """A repeated request answers the same, and nobody else may."""
    sent = {"name": "Example of a new one"}
    first = world.operator.post(path, sent, idempotency_key="new")
    assert first.status_code == 201
    assert first.headers["Location"] == f"/v1{path}/{first.json['id']}"
    assert first.headers["ETag"] == '"1"'
    before = world.events()
    assert world.operator.post(path, sent, idempotency_key="new").json == first.json
    refused(world.operator.post(path, {"name": "Other"}, idempotency_key="new"), 422, "idempotency-key-reused")
    for name in ("office", "alpha", "bank"):
        refused(world.caller(name).post(path, sent), 403, "not-permitted")
    assert world.events() == before
    shown = world.operator.get(f"{path}/{first.json['id']}")
    assert shown.json["name"] == "Example of a new one"
    assert shown.headers["ETag"] == '"1"'


def test_without_a_key_of_ones_own_every_request_counts(world: World) -> None:
    """Outside collaborations an Idempotency-Key is welcome, not required."""
    ids = {world.operator.record("/banks", {"name": "Example twin"})["id"] for _ in range(2)}
    assert len(ids) == 2


def test_a_network_is_there_for_its_members_only(world: World) -> None:
    """Others are told what they would be told of one that does not exist."""
    north, south = world.office.id, world.other_office.id
    for name in ("operator", "office", "alpha"):
        assert world.caller(name).read(f"/networks/{north}")["name"] == "Northern network"
    for name in ("other_office", "omega", "bank"):
        detail = refused(world.caller(name).get(f"/networks/{north}"), 404, "not-found")
        assert detail == refused(world.caller(name).get(f"/networks/{uuid4()}"), 404, "not-found")
    listed = {
        name: {item["id"] for item in world.caller(name).read("/networks")["items"]}
        for name in ("operator", "office", "alpha", "omega", "bank")
    }
    both = {north, south}
    assert listed == {"operator": both, "office": {north}, "alpha": {north}, "omega": {south}, "bank": set()}


def test_banks_are_there_for_everybody(world: World) -> None:
    """A firm chooses one for its consent."""
    for name in ("operator", "office", "alpha", "omega", "bank"):
        ids = {item["id"] for item in world.caller(name).read("/banks")["items"]}
        assert ids == {world.bank.id, world.other_bank.id}
        assert world.caller(name).read(f"/banks/{world.bank.id}")["country"] == "DE"
    refused(world.alpha.get(f"/banks/{uuid4()}"), 404, "not-found")


def test_the_numbers_of_a_bank_are_checked(world: World) -> None:
    """A BIC has a form, an LEI a checksum."""
    wrong = {"bic": "NOT-A-BIC", "lei": "213800KUD8LAJWSQ9D16"}
    for name, number in wrong.items():
        answer = world.operator.post("/banks", {"name": "Example", name: number})
        refused(answer, 422, "invalid-identifier", f"/{name}")
    sent = {"name": "Example", "bic": "AGRIFRPP882", "lei": "213800KUD8LAJWSQ9D15"}
    id_ = world.operator.record("/banks", sent)["id"]
    assert world.operator.read(f"/banks/{id_}")["bic"] == "AGRIFRPP882"
