"""The caretaker: looks every few seconds whether there is something to do, beside whatever else a process does."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ledger.subscriptions.catching_up import pause

logger = logging.getLogger(__name__)

POLL = 2.0  # seconds between two looks
ENDING = 5.0  # seconds that the end waits for a look that has begun; cut short, it is repeated after the next start


def run(look: Callable[[], None], stop: threading.Event, poll: float = POLL) -> None:
    """Look now and every `poll` seconds until `stop`; outlive outages of either database."""
    outages, rest = 0, 0.0
    while not stop.wait(rest):
        try:
            look()
            outages, rest = 0, poll
        except Exception:  # whatever it is, the next look may succeed
            outages += 1
            rest = pause(outages)
            logger.warning("Upkeep was interrupted; trying again.", exc_info=True)


@contextmanager
def beside(look: Callable[[], None], stop: threading.Event, poll: float = POLL) -> Iterator[None]:
    """Look in a thread of its own for the length of a block; `stop` is set at its end."""
    thread = threading.Thread(target=run, args=(look, stop, poll), name="upkeep", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(ENDING)
