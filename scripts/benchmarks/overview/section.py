"""The section `overview`: how fast an office's questions and pages are answered, beside counting the rows of jobs."""

from __future__ import annotations

import tempfile
from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import Connection

from ledger.app import create_app
from ledger.projections.activity import queries
from ledger.projections.network_map import queries as maps
from ledger.services import House
from ledger.subscriptions.database import reading
from ledger.subscriptions.reading import Reading
from scripts.benchmarks.overview import naive
from scripts.benchmarks.overview.filled import EMAIL, PASSWORD, ROOMS, opened
from scripts.benchmarks.overview.network import END, NETWORK, OFFICE, Size
from scripts.benchmarks.pages.served import Times, rows, signed_in, timed, times
from scripts.benchmarks.report import Row, Rows

FULL, QUICK = Size(5_000, 500_000), Size(500, 8_000)
OFTEN = 100
PEER = "counting jobs"
PAGES = ("/overview", "/network", "/firms", "/activity", f"/reports/{END.year}")
KEPT = ("/overview", "/network")

Ask = Callable[[Reading], object]


def add_options(parser: ArgumentParser) -> None:
    """Add the options of this section."""
    say = "section overview: keep the filled ledger there, or ask the one that is there"
    parser.add_argument("--filled", type=Path, metavar="FOLDER", help=say)


def measure(quick: bool, kept: Path | None = None) -> Rows:  # noqa: FBT001 - as every section is asked
    """Return the rows, and print the size that they belong to."""
    size = QUICK if quick else FULL
    print(f"\noverview: {size.firms:,} firms, {size.events:,} events, on SQLite", flush=True)
    with _place(kept) as folder, opened(folder, size) as (house, rate), naive.opened(folder, size) as peer:
        found: Rows = {} if rate is None else {"applied": Row(rate, "events/s", rate, rate)}
        with house.views.read(*(room.name for room in ROOMS)) as view, reading(peer) as connection:
            asked = _times(view, connection)
        for name in ASKED:
            found |= rows(name, asked[name], asked[PEER], PEER)
        return {**found, **_pages(house)}


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
def _place(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="overview-") as folder:
        yield Path(folder)


def _times(view: Reading, peer: Connection) -> dict[str, Times]:
    """Ask in turn, so that a busy moment of the machine meets all of them."""
    found: dict[str, Times] = {name: [] for name in (*ASKED, PEER)}
    for _ in range(OFTEN):
        for name, ask in ASKED.items():
            found[name].append(timed(partial(ask, view)))
        found[PEER].append(timed(lambda: naive.count(peer, END.date())))
    return found


def _pages(house: House) -> Rows:
    """Ask for whole pages as the office, each drawn anew, then those that are kept until the next event."""
    app = create_app(house)
    client = signed_in(app, {"email": EMAIL, "password": PASSWORD})
    found: Rows = {}
    for path in PAGES:
        found |= rows(f"{path}, server", *times(app, client, path, OFTEN, keep=False))
    for path in KEPT:
        found |= rows(f"{path}, server, kept", *times(app, client, path, OFTEN, keep=True))
    return found
