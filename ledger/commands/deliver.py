"""`ledger deliver`: what happened, told to whoever asked to be told."""

from __future__ import annotations

import argparse
import signal
import threading
from contextlib import closing
from typing import TYPE_CHECKING

from ledger.commands.parsing import add
from ledger.delivery.feed import Feed
from ledger.services import build
from ledger.traces import spans
from ledger.upkeep.caretaker import run

if TYPE_CHECKING:
    from ledger.commands.parsing import Commands
    from ledger.config import Settings


def deliver(settings: Settings, _: argparse.Namespace) -> int:
    """Tell every webhook of what its holder may see, until told to stop."""
    from ledger.delivery.courier import POLL, Courier

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    spans.begin(settings.traces_url, "ledger-courier")
    with closing(build(settings)) as house:
        feed = Feed(house.views, house.store, settings.public_url)
        with closing(Courier(house.ledger, feed, house.log_engine, local=settings.webhooks_local)) as courier:
            run(courier.look, stop, POLL)
    return 0


def parse(commands: Commands) -> None:
    """Say what may be typed."""
    add(commands, "deliver", deliver)
