"""The section `rebuild`: read models of a large ledger built anew while it is asked, on PostgreSQL."""

from __future__ import annotations

import os
import sys
import time
from argparse import ArgumentParser, Namespace
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from statistics import quantiles
from subprocess import run
from threading import Event

from ledger.application import keys
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.event import stamp
from ledger.domain.network import Network
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import House
from ledger.subscriptions import checkpoints
from ledger.subscriptions.database import writing
from scripts.benchmarks import servers
from scripts.benchmarks.overview.network import BEGIN, NETWORK, Size, events, firm_id
from scripts.benchmarks.project.database import database, fill, ledger
from scripts.benchmarks.rebuild.asking import Answered, asked
from scripts.benchmarks.report import Row, Rows
from tests.callers import Caller, Member

QUICK, WHOLE = 1_000, 100_000  # events
FIRMS, ASKING = 1_000, 6
REST = 20.0  # seconds without a rebuild, for comparison
AT_REST = "no rebuild"
# What a firm's history reads, and what else is asked when its read model is there.
HISTORY = ("networks", "firms", "consents", "collaborations")
PATHS = {"collaborations": "history?limit=20", "trust": "trust", "partnerships": "partners"}


def add_options(parser: ArgumentParser) -> None:
    """Add the options of this section."""
    parser.add_argument("--events", type=int, help="sections rebuild and growth: so many events")
    told = "section rebuild: this read model and those of a history; several times for several; the others stand empty"
    parser.add_argument("--only", action="append", choices=[one.name for one in PROJECTIONS], help=told)


def measure(options: Namespace) -> Rows:
    """Fill a log and its read models, ask without a rebuild, then rebuild and ask."""
    size = options.events or (QUICK if options.quick else WHOLE)
    names = [one.name for one in PROJECTIONS if not options.only or one.name in (*HISTORY, *options.only)]
    paths = [path for name, path in PATHS.items() if name in names]
    print(f"\nrebuild: {size:,} events, {len(names)} read models, on PostgreSQL", flush=True)
    with database() as (folder, url):
        with ledger(folder, url) as house:
            operator = keys.issue_first(house.ledger, "benchmark")
            first = _filled(house, size, names)
        with servers.ledger(folder, url) as service:
            firms = _members(service.port, operator)
            with asked(service.port, firms, paths) as quiet:
                Event().wait(REST / 10 if options.quick else REST)
            with asked(service.port, firms, paths) as busy:
                seconds = _rebuilt(house.settings, names)
    rate = size / seconds
    filled = f"the first time, nobody asks, {len(names)} read models"
    return {
        filled: Row(first, "events/s", first, first),
        "rebuilt while asked": Row(rate, "events/s", rate, rate, peers={filled: first}, ratio={filled: rate / first}),
        "requests": Row(len(busy), "answers", len(busy), len(busy), failures=_failures([*quiet, *busy])),
        **_latency(busy, quiet),
    }


def _filled(house: House, size: int, names: Sequence[str]) -> float:
    """Record a network and its jobs, and build these read models; the others stand empty, so that nobody waits."""
    house.store.record(Network.found(NETWORK, stamp(OPERATOR, BEGIN), "A network to measure"))
    fill(house, events(Size(min(FIRMS, size // 4), size)), size)
    head, empty = house.store.head(), {one.key for one in PROJECTIONS if one.name not in names}
    with writing(house.engine) as connection:
        for key in empty:
            checkpoints.move(connection, key, 0, head)
    began = time.perf_counter()
    house.follower.rebuild(*names, progress=_say)
    return size / (time.perf_counter() - began)


def _say(applied: int, of: int) -> None:
    print(f"  filled: {applied / max(of, 1):.0%}", flush=True)


def _members(port: int, operator: str) -> list[Member]:
    with closing(Caller(port, operator)) as root:
        office = root.post("/v1/keys", {"role": "coordinator", "subject": str(NETWORK)})["key"]
    with closing(Caller(port, office)) as caller:
        ids = [str(firm_id(number)) for number in range(ASKING)]
        return [Member(one, caller.post("/v1/keys", {"role": "firm", "subject": one})["key"]) for one in ids]


def _rebuilt(settings: Settings, names: Sequence[str]) -> float:
    """Return the seconds that `ledger rebuild` took."""
    began = time.perf_counter()
    where = {"LEDGER_DATABASE_URL": settings.database_url, "LEDGER_SIGNING_KEYS": settings.signing_keys}
    command = [sys.executable, "-m", "ledger.cli", "rebuild", *names]
    run(command, check=True, capture_output=True, env={**os.environ, **where})  # nosec B603 # our own program
    return time.perf_counter() - began


def _failures(answers: Sequence[Answered]) -> dict[str, int]:
    return dict(Counter(f"status {answer.status}" for answer in answers if answer.failed))


def _latency(busy: Sequence[Answered], quiet: Sequence[Answered]) -> Rows:
    rows = Rows()
    for percent in (50, 99):
        ours, rest = (quantiles([one.milliseconds for one in asked], n=100)[percent - 1] for asked in (busy, quiet))
        rows[f"requests, p{percent}"] = Row(ours, "ms", ours, ours, peers={AT_REST: rest}, ratio={AT_REST: ours / rest})
    return rows
