"""Many records in one request."""

from __future__ import annotations

from typing import Any

from tests.api.callers import refused
from tests.api.jobs import finished
from tests.api.world import World


def test_each_item_stands_or_falls_by_itself(world: World) -> None:
    """Results come in the order of the items, each with its key."""
    good, before = finished(world.alpha, world.beta), world.events()
    items: list[Any] = [
        {**good, "key": "a"},
        {**good, "key": "b", "kind": "marriage"},
        {**good, "key": "c", "parties": good["parties"][:1]},
        {**good, "key": "a", "title": "Another"},
        {**good, "key": "with space"},
        {**good, "key": "d"},
        good,
        "no object",
        {**good, "key": "a"},
    ]
    answer = world.alpha.post("/collaborations/batch", {"items": items})
    assert answer.status_code == 200
    results = answer.json["results"]
    assert [(result["key"], result["status"]) for result in results] == [
        *(("a", 201), ("b", 422), ("c", 422), ("a", 422), ("with space", 422), ("d", 201)),
        *((None, 422), (None, 422), ("a", 201)),
    ]
    codes = [result.get("problem", {}).get("code") for result in results]
    assert codes[1:5] == ["unknown-kind", "invalid-request", "idempotency-key-reused", "invalid-request"]
    assert results[2]["problem"]["errors"][0]["pointer"] == "/parties"
    assert results[6]["problem"]["errors"][0]["pointer"] == "/key"
    assert [result["index"] for result in results if "problem" in result] == [1, 2, 3, 4, 6, 7]
    assert results[0]["id"] == results[8]["id"] != results[5]["id"]
    assert world.events() == before + 2
    listed = world.beta.read(f"/collaborations?min_position={answer.headers['Ledger-Position']}")
    assert {item["id"] for item in listed["items"]} == {results[0]["id"], results[5]["id"]}


def test_an_item_and_a_single_record_share_their_keys(world: World) -> None:
    """What was sent alone is not recorded again in a batch."""
    sent = finished(world.alpha, world.beta)
    single = world.alpha.record("/collaborations", sent, idempotency_key="one")
    (result,) = world.alpha.post("/collaborations/batch", {"items": [{**sent, "key": "one"}]}).json["results"]
    assert result == {"key": "one", "status": 201, **single}


def test_a_batch_has_one_to_a_thousand_items(world: World) -> None:
    """Neither none nor more."""
    wrong: tuple[list[Any], ...] = ([], [{}] * 1001)
    for items in wrong:
        refused(world.alpha.post("/collaborations/batch", {"items": items}), 422, "invalid-request", "/items")
    answer = world.alpha.post("/collaborations/batch", {"items": [{}] * 1000})
    assert {result["status"] for result in answer.json["results"]} == {422}


def test_a_bare_list_is_a_batch(world: World) -> None:
    """Who sends a list means its items."""
    answer = world.alpha.post("/collaborations/batch", [{}])
    assert [result["status"] for result in answer.json["results"]] == [422]


def test_a_batch_is_for_who_may_record(world: World) -> None:
    """As a single record is."""
    for name in ("bank", "operator"):
        refused(world.caller(name).post("/collaborations/batch", {"items": [{}]}), 403, "not-permitted")


def test_items_from_one_document_make_one_job(world: World) -> None:
    """They collide as separate requests do: the first is recorded, and the others hear of it."""
    good, before = {**finished(world.alpha, world.beta), "document": "ab" * 32}, world.events()
    items = [{**good, "key": "a"}, {**good, "key": "b", "title": "Another"}, {**good, "key": "c"}]
    results = world.alpha.post("/collaborations/batch", {"items": items}).json["results"]
    assert [result["status"] for result in results] == [201, 409, 201]
    assert results[1]["problem"]["code"] == "document-already-recorded"
    assert results[0]["id"] == results[2]["id"]
    assert world.events() == before + 2
