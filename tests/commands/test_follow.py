"""What goes on behind the web server."""

from __future__ import annotations

import signal
import threading
import time

import pytest

from ledger.application import networks
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.epoch import Epoch
from ledger.services import build
from ledger.subscriptions.follower import Follower
from tests.commands.typed import Ran, Run


def test_following_closes_epochs_as_well(run: Run, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """`follow` closes tonight's epoch beside its read models, and ends both together."""
    run("migrate", database_url=database_url)
    house = build(Settings(database_url=database_url))
    networks.found(house.ledger, OPERATOR, "north", name="North")
    house.follower.catch_up()

    def until_closed(_follower: Follower, stop: threading.Event, _poll: float) -> None:
        deadline = time.monotonic() + 30
        while not any(isinstance(event, Epoch.Closed) for _, event in house.store.read(0, 10)):
            assert time.monotonic() < deadline
            stop.wait(0.01)

    monkeypatch.setattr(signal, "signal", lambda *_: None)  # pytest keeps its own
    monkeypatch.setattr(Follower, "run", until_closed)
    assert run("follow") == Ran(0, "", "")
    assert "upkeep" not in {thread.name for thread in threading.enumerate()}
    house.close()
