"""What a caller is told when something breaks on our side: what is certain, and nothing of the inside."""

from __future__ import annotations

import logging
from typing import Any, NoReturn

import pytest

from ledger.projections.catalogue import PROJECTIONS
from ledger.store.errors import OutcomeUnknown, StoreUnavailable
from ledger.store.event_store import EventStore
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from tests.api.callers import refused
from tests.api.jobs import finished
from tests.api.world import World

SECRET = "postgresql://user:secret@host"


def _broken(monkeypatch: pytest.MonkeyPatch, method: str, error: Exception) -> None:
    def breaks(*_: Any, **__: Any) -> NoReturn:
        raise error

    monkeypatch.setattr(EventStore, method, breaks)


def _post(world: World) -> Any:
    return world.alpha.post("/collaborations", finished(world.alpha, world.beta), idempotency_key="x")


def test_a_store_that_does_not_answer_is_said_to_be_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the seconds after which another try makes sense."""
    _broken(monkeypatch, "record", StoreUnavailable(SECRET))
    answer = _post(world)
    assert "nothing was recorded" in refused(answer, 503, "unavailable")
    assert answer.headers["Retry-After"] == "2"
    assert SECRET not in answer.text


def test_an_outcome_that_is_not_known_is_not_called_a_failure(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same key makes it safe to repeat."""
    with monkeypatch.context() as patched:
        _broken(patched, "record", OutcomeUnknown(SECRET))
        answer = _post(world)
    assert "same key" in refused(answer, 503, "outcome-unknown")
    assert SECRET not in answer.text


def test_a_batch_says_what_became_of_its_saves(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Away when none is recorded for sure; not known as soon as one is, or may be."""
    items = [{**finished(world.alpha, world.beta), "key": key} for key in ("a", "b")]
    away, lost = StoreUnavailable(SECRET), OutcomeUnknown(SECRET)
    expected = ([away, away], "unavailable"), ([7, away], "outcome-unknown"), ([lost, lost], "outcome-unknown")
    for outcomes, code in expected:
        monkeypatch.setattr(EventStore, "record_each", lambda *_, outcomes=outcomes: outcomes)
        answer = world.alpha.post("/collaborations/batch", {"items": items})
        refused(answer, 503, code)
        assert SECRET not in answer.text


def test_a_fault_of_ours_tells_nothing_but_its_request(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """The log says the rest."""
    _broken(monkeypatch, "record", RuntimeError(SECRET))
    with caplog.at_level(logging.ERROR):
        answer = _post(world)
    refused(answer, 500, "internal")
    assert SECRET not in answer.text
    assert "unhandled" in caplog.messages


def test_it_is_not_ready_while_the_log_is_away(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The process lives all the same."""
    _broken(monkeypatch, "head", StoreUnavailable(SECRET))
    client = world.app.test_client()
    ready = client.get("/health/ready")
    away: dict[str, Any] = {"status": "unavailable", "position": None, "projections": [], "sealing": None}
    assert (ready.status_code, ready.json) == (503, away)
    assert client.get("/health/live").status_code == 200


def test_it_is_not_ready_while_a_read_model_has_failed(world: World) -> None:
    """It says which and where, not over what."""
    with writing(world.house.engine) as connection:
        key = PROJECTIONS[0].key
        here = checkpoints.read(connection, key)
        checkpoints.fail(connection, key, here, here + 1, SECRET, world.clock.now)
    ready = world.app.test_client().get("/health/ready")
    assert ready.status_code == 503
    assert ready.json is not None
    assert ready.json["status"] == "failed"
    assert [row["failed_at"] for row in ready.json["projections"] if row["failed_at"]] == [here + 1]
    assert SECRET not in ready.text
