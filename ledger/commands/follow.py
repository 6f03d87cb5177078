"""`ledger follow`: everything that goes on behind the web server."""

from __future__ import annotations

import argparse
import signal
import threading
from contextlib import closing
from typing import TYPE_CHECKING

from ledger.commands.parsing import add
from ledger.seals import sealer
from ledger.services import build
from ledger.traces import spans
from ledger.upkeep import confirmations
from ledger.upkeep.caretaker import beside
from ledger.upkeep.epochs import Epochs, rules

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def follow(settings: Settings, _: argparse.Namespace) -> int:
    """Keep the read models up to date, seal the log, close epochs and send confirmations, until told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    spans.begin(settings.traces_url, "ledger-worker")
    with closing(build(settings)) as house:
        keeper = Epochs(house.ledger, rules(house.views, settings.epoch_hour))
        confirming = confirmations.Confirming(house.ledger, house.confirmations)
        with (
            beside(keeper.look, stop),
            beside(house.sealer.look, stop, sealer.POLL),
            beside(confirming.look, stop, confirmations.POLL),
        ):
            house.follower.run(stop, settings.poll_seconds)
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "follow", follow)
