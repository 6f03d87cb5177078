"""A read model in a process of its own, kept up to date through every fault."""

from __future__ import annotations

import logging
import sys
import threading
import time

from ledger.store import EventStore
from ledger.subscriptions.database import reading
from ledger.subscriptions.follower import Follower, migrate
from ledger.subscriptions.opening import open_database
from tests.examples import TITLES, Job, StoreLog, titles

AT_ONCE = 20_000  # events read
PATIENCE = 60.0  # seconds that it has to come to the end of the log


def main(url: str) -> None:
    """Follow until standard input ends."""
    logging.basicConfig(level=logging.WARNING)
    store, engine, stop = EventStore.open(url), open_database(url), threading.Event()
    follower = Follower(StoreLog(store), engine, [titles()])
    following = threading.Thread(target=follower.run, args=(stop, 0.05))
    following.start()
    sys.stdin.read()
    stop.set()
    following.join()
    store.close()
    engine.dispose()


def prepare(url: str) -> None:
    """Make its tables."""
    engine = open_database(url)
    migrate(engine, [titles()])
    engine.dispose()


def differences(url: str) -> list[str]:
    """Tell where the read model says something else than the log, or that it does not come to its end in time."""
    store, engine = EventStore.open(url), open_database(url)
    follower, deadline = Follower(StoreLog(store), engine, [titles()]), time.monotonic() + PATIENCE
    while follower.stand()[0].lag:
        if time.monotonic() > deadline:
            return [f"the read model does not follow: {follower.stand()}"]
        time.sleep(0.5)
    expected: dict[object, tuple[str, int]] = {}
    position = 0
    while events := store.read(position, AT_ONCE):
        for position, event in events:  # noqa: B007 - the last one's is where the next reading begins
            if isinstance(event, Job.Begun | Job.Renamed):
                count = expected.get(event.originator_id, ("", 0))[1]
                expected[event.originator_id] = (event.title, count + 1)
    with reading(engine) as connection:
        rows = connection.execute(TITLES.select().where(TITLES.c.until_position.is_(None))).mappings()
        found = {row["job"]: (row["title"], row["events"]) for row in rows}
    store.close()
    engine.dispose()
    wrong = [id_ for id_ in expected.keys() | found.keys() if expected.get(id_) != found.get(id_)]
    return [f"the read model says something else of {id_} than the log" for id_ in wrong]


if __name__ == "__main__":
    main(*sys.argv[1:])
