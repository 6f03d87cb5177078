"""The made-up network as a ledger on files: its log, and the read models that its office's pages read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any, NamedTuple, cast

from ledger.application import accounts
from ledger.config import Settings
from ledger.domain.account import Person
from ledger.domain.actor import OPERATOR, Role
from ledger.domain.event import stamp
from ledger.domain.network import Network
from ledger.projections.activity.projector import PROJECTION as ACTIVITY
from ledger.projections.benefits.projector import PROJECTION as BENEFITS
from ledger.projections.catalogue import PROJECTIONS
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.firms.projector import PROJECTION as FIRMS
from ledger.projections.network_map.projector import PROJECTION as MAP
from ledger.projections.networks.projector import PROJECTION as NETWORKS
from ledger.services import House, StoredLog, build
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from ledger.subscriptions.follower import Follower
from scripts.benchmarks.overview.network import BEGIN, END, NETWORK, Size, events

ROOMS = (NETWORKS, FIRMS, CONSENTS, BENEFITS, ACTIVITY, MAP)
BATCH = 25_000  # what a batch has read of 5,000 firms it need not read again
RECORDED = 5_000  # events in one transaction
EMAIL, PASSWORD = "office@network.example", "measured, not guessed"


class Filled(NamedTuple):
    """The ledger, and how many events a second of processor time were applied to it; None if they were there before."""

    house: House
    rate: float | None


class Told(NamedTuple):
    """Events that no aggregate decided; the store takes them as it takes those."""

    events: list[Any]

    def collect_events(self) -> list[Any]:
        """Return them."""
        return self.events


@contextmanager
def opened(folder: Path, size: Size) -> Iterator[Filled]:
    """Yield the ledger in this folder at the end of its five years, filled unless it has been before."""
    house = build(Settings(database_url=f"sqlite:///{folder}/ledger.db"), lambda: END)
    try:
        house.migrate()
        if not house.store.head():
            _record(house, size)
        yield Filled(house, fill(house))
    finally:
        house.close()


def fill(house: House) -> float | None:
    """Bring to the head what the pages of the office read; the rest stands there empty, so that no page waits."""
    began = process_time()
    applied = Follower(StoredLog(house.store), house.engine, ROOMS, BATCH).catch_up(_say)
    head, empty = house.store.head(), {one.key for one in PROJECTIONS} - {room.key for room in ROOMS}
    with writing(house.engine) as connection:
        for key, stand in checkpoints.read_all(connection).items():
            if key in empty:
                checkpoints.move(connection, key, stand.position, head)
    return applied / len(ROOMS) / (process_time() - began) if applied else None


def _record(house: House, size: Size) -> None:
    network = Network.found(NETWORK, stamp(OPERATOR, BEGIN), "A network to measure", office="Its office")
    house.store.record(network)
    person = Person(name="Network office", email=EMAIL, language="de")
    token, _ = accounts.invite(house.ledger, OPERATOR, Role.COORDINATOR, NETWORK, person)
    accounts.activate(house.ledger, token, PASSWORD)
    log = (recorded.event for recorded in events(size))
    while batch := list(islice(log, RECORDED)):
        house.store.record(cast("Any", Told(batch)))


def _say(applied: int, of: int) -> None:
    print(f"  filled: {applied / of:.0%}", flush=True)
