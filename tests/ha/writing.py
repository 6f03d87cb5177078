"""A writer in a process of its own: records through the ledger's store, and writes every answer down."""

from __future__ import annotations

import random
import sys
import threading
import time
from pathlib import Path

from ledger.store import EventStore, OutcomeUnknown, StoreError, StoreUnavailable
from tests.examples import Job, job
from tests.ha.answers import Answer, Outcome, digest

THREADS = 4
PAUSE = 0.01  # seconds; the machine plays three servers beside us


def main(url: str, file: str, name: str) -> None:
    """Write until standard input ends."""
    store, stop, lock = EventStore.open(url), threading.Event(), threading.Lock()

    with Path(file).open("w", encoding="utf-8", buffering=1) as answers:

        def write(thread: str) -> None:
            chance = random.Random(thread)  # noqa: S311 - the same events in every run
            while not stop.wait(PAUSE):
                line = _record(store, thread, _job(chance)).line()
                with lock:
                    answers.write(line)

        threads = [threading.Thread(target=write, args=(f"{name}-{number}",)) for number in range(THREADS)]
        for thread in threads:
            thread.start()
        sys.stdin.read()
        stop.set()
        for thread in threads:
            thread.join()
    store.close()


def _job(chance: random.Random) -> Job:
    """A new aggregate with one to three events, which are recorded together or not at all."""
    made = job(f"Job {chance.getrandbits(64):x}")
    for number in range(chance.randrange(3)):
        made.rename(title=f"{made.title} {number}", reason="x" * chance.randrange(400))
    return made


def _record(store: EventStore, writer: str, made: Job) -> Answer:
    stored = [store._log.mapper.to_stored_event(event) for event in made.pending_events]
    contents = [digest(event.topic, event.state) for event in stored]
    outcome, position, words = Outcome.RECORDED, None, ""
    asked = time.monotonic()
    try:
        position = store.record(made)
    except OutcomeUnknown as error:
        outcome, words = Outcome.UNKNOWN, str(error)
    except StoreUnavailable as error:
        outcome, words = Outcome.REFUSED, str(error)
    except StoreError as error:  # nobody else writes under our ids
        outcome, words = Outcome.REFUSED, repr(error)
    return Answer(writer, str(made.id), contents, outcome, position, asked, time.monotonic(), words)


if __name__ == "__main__":
    main(*sys.argv[1:])
