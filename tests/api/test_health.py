"""Whether the service lives and is ready, for whoever asks."""

from __future__ import annotations

from ledger.projections.catalogue import PROJECTIONS
from tests.api.jobs import finished, propose
from tests.api.world import World


def test_the_process_says_that_it_lives(world: World) -> None:
    """Without a key and without a database."""
    answer = world.anyone.get("health/live")
    assert (answer.status_code, answer.json) == (200, {"status": "alive"})


def test_readiness_says_where_everything_stands(world: World) -> None:
    """The log's position and each read model's, with what it lags behind."""
    ready = world.anyone.get("health/ready")
    assert ready.status_code == 200
    assert ready.json["status"] == "ready"
    assert {row["name"] for row in ready.json["projections"]} == {one.key for one in PROJECTIONS}
    assert {(row["position"], row["lag"]) for row in ready.json["projections"]} == {(ready.json["position"], 0)}
    propose(world.alpha, finished(world.alpha, world.beta))
    behind = world.app.test_client().get("/health/ready").json
    assert behind is not None
    assert {row["lag"] for row in behind["projections"]} == {1}
