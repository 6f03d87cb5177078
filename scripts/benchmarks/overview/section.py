"""The section `overview`: how fast a coordinator's questions are answered, beside counting the rows of jobs."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from itertools import islice
from statistics import quantiles
from time import perf_counter

from sqlalchemy import Connection, Engine

from ledger.projections.activity import queries
from ledger.projections.activity.projector import PROJECTION as ACTIVITY
from ledger.projections.consents.projector import PROJECTION as CONSENTS
from ledger.projections.network_map import queries as maps
from ledger.projections.network_map.projector import PROJECTION as MAP
from ledger.subscriptions.database import open_database, reading, writing
from ledger.subscriptions.holding import holding
from ledger.subscriptions.reading import Reading
from scripts.benchmarks.overview import naive
from scripts.benchmarks.overview.network import END, NETWORK, OFFICE, Size, events
from scripts.benchmarks.report import Row, Rows

FULL, QUICK = Size(5_000, 500_000), Size(500, 8_000)
ROOMS = (CONSENTS, ACTIVITY, MAP)
BATCH = 5_000
OFTEN = 200
MILLISECONDS = 1e3
PEER = "counting jobs"

Ask = Callable[[Reading], object]


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Return the rows, and print the size that they belong to."""
    size = QUICK if quick else FULL
    print(f"\noverview: {size.firms:,} firms, {size.events:,} events, on SQLite", flush=True)
    with _filled(size) as (engine, seconds):
        with reading(engine) as connection:
            times = _times(Reading(connection, size.events, END, size.events, END))
        rate = size.events / seconds
        return {"applied": Row(rate, "events/s", rate, rate), **_rows(times)}


def overview(view: Reading) -> object:
    """Ask everything that the overview shows."""
    return [ask(view) for name, ask in ASKED.items() if name != "overview"]


ASKED: Mapping[str, Ask] = {
    "indicators": lambda view: queries.indicators(view, OFFICE, NETWORK),
    "activity": lambda view: queries.activity(view, OFFICE, NETWORK, limit=6),
    "map": lambda view: maps.network_map(view, OFFICE, NETWORK),
    "brokers": lambda view: maps.brokers(view, OFFICE, NETWORK),
    "overview": overview,
}


@contextmanager
def _filled(size: Size) -> Iterator[tuple[Engine, float]]:
    """Yield the read models of a network, and how long it took to apply its events to them."""
    peer, seconds = naive.Rows(), 0.0
    with tempfile.TemporaryDirectory(prefix="overview-") as folder:
        engine = open_database(f"sqlite:///{folder}/ledger.db")
        with writing(engine) as connection:
            for room in ROOMS:
                room.metadata.create_all(connection)
        log = events(size)
        while batch := list(islice(log, BATCH)):
            began = perf_counter()
            with writing(engine) as connection, holding(connection):
                for recorded in batch:
                    for room in ROOMS:
                        room.handle(connection, recorded)
            seconds += perf_counter() - began
            for recorded in batch:
                peer.note(recorded)
        with writing(engine) as connection:
            peer.write(connection)
        yield engine, seconds
        engine.dispose()


def _times(view: Reading) -> dict[str, list[float]]:
    """Ask in turn, so that a busy moment of the machine meets all of them."""
    times: dict[str, list[float]] = {name: [] for name in (*ASKED, PEER)}
    for _ in range(OFTEN):
        for name, ask in ASKED.items():
            times[name].append(_seconds(lambda ask=ask: ask(view)))  # type: ignore[misc]
        times[PEER].append(_seconds(lambda: _counted(view.connection)))
    return times


def _counted(connection: Connection) -> object:
    return naive.count(connection, END.date())


def _rows(times: Mapping[str, list[float]]) -> Rows:
    rows: Rows = {}
    for name in ASKED:
        for percent in (50, 95):
            rows[f"{name}, p{percent}"] = _row(times[name], times[PEER], percent)
    return rows


def _row(ours: list[float], theirs: list[float], percent: int) -> Row:
    mine, other = (quantiles(one, n=100)[percent - 1] * MILLISECONDS for one in (ours, theirs))
    low, high = min(ours) * MILLISECONDS, max(ours) * MILLISECONDS
    return Row(mine, "ms", low, high, peers={PEER: other}, ratio={PEER: mine / other})


def _seconds(ask: Callable[[], object]) -> float:
    began = perf_counter()
    ask()
    return perf_counter() - began
