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


def stopped(world: World) -> None:
    """Alter an event behind the ledger's back, and let the sealer find it."""
    with world.house.log_engine.begin() as connection:
        connection.exec_driver_sql("UPDATE stored_events SET topic = 'network.renamed' WHERE position = 2")
    propose(world.alpha, finished(world.alpha, world.beta))
    world.house.sealer.look()


def test_readiness_says_how_far_sealing_is_and_that_it_has_stopped(world: World) -> None:
    """An alarm closes nothing, and what it says is for the operator."""
    world.house.sealer.look()
    head = world.house.ledger.head()
    assert world.anyone.get("health/ready").json["sealing"] == {"position": head, "lag": 0, "stopped": False}
    propose(world.alpha, finished(world.alpha, world.beta))
    assert world.anyone.get("health/ready").json["sealing"] == {"position": head, "lag": 1, "stopped": False}
    stopped(world)
    answer = world.anyone.get("health/ready")
    assert (answer.status_code, answer.json["status"], answer.json["sealing"]["stopped"]) == (200, "ready", True)
    assert "altered" not in answer.text
