"""The caretaker looks until it is told to stop, whatever happens to a look."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from ledger.application import networks
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.epoch import Epoch
from ledger.services import build
from ledger.subscriptions import catching_up
from ledger.upkeep import caretaker
from ledger.upkeep.epochs import Epochs, rules


@pytest.fixture
def stop() -> threading.Event:
    """What ends everything."""
    return threading.Event()


def until(true: Callable[[], Any], seconds: float = 30) -> None:
    """Wait for something."""
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)


def test_it_looks_at_once_and_again(stop: threading.Event) -> None:
    """The first look does not wait for the second's time."""
    looks: list[float] = []

    def look() -> None:
        looks.append(time.monotonic())
        if len(looks) == 3:
            stop.set()

    began = time.monotonic()
    caretaker.run(look, stop, poll=0.2)
    assert looks[0] - began < 0.15
    assert looks[2] - looks[0] >= 0.4


def test_it_stops_while_it_waits(stop: threading.Event) -> None:
    """Nobody waits for the next look to end the service."""
    began = time.monotonic()
    with caretaker.beside(lambda: None, stop):
        pass
    assert stop.is_set()
    assert time.monotonic() - began < caretaker.ENDING


def test_a_look_that_fails_is_tried_again(
    stop: threading.Event, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a growing pause, and a warning each time."""
    monkeypatch.setattr(catching_up, "BACK_OFF", (0.0, 0.01))
    failures = [ConnectionError(), LookupError()]

    def look() -> None:
        if failures:
            raise failures.pop()
        stop.set()

    caretaker.run(look, stop, poll=0)
    assert [record.levelname for record in caplog.records] == ["WARNING", "WARNING"]


def test_an_error_in_the_block_ends_the_thread(stop: threading.Event) -> None:
    """No thread outlives what it runs beside."""
    with pytest.raises(LookupError), caretaker.beside(lambda: None, stop):
        raise LookupError
    assert "upkeep" not in {thread.name for thread in threading.enumerate()}


def test_a_ledger_without_tables_is_waited_for(
    database_url: str, stop: threading.Event, caplog: pytest.LogCaptureFixture
) -> None:
    """Before the migration there is nothing to close; after it, an epoch is, without a new start."""
    house = build(Settings(database_url=database_url, freshness_seconds=0))
    keeper = Epochs(house.ledger, rules(house.views, 2))
    thread = threading.Thread(target=caretaker.run, args=(keeper.look, stop, 0.01))
    thread.start()
    try:
        until(lambda: "trying again" in caplog.text)
        house.migrate()
        networks.found(house.ledger, OPERATOR, "north", name="North")
        house.follower.catch_up()
        until(lambda: any(isinstance(event, Epoch.Closed) for _, event in house.store.read(0, 10)))
    finally:
        stop.set()
        thread.join()
        house.close()
