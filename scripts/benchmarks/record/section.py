"""The section `record`: jobs recorded over HTTP, beside the library's documented way and PostgreSQL's own limit.

On PostgreSQL twice: with a disk that takes a millisecond for every flush, as a server's does and as every machine
can repeat, and with the disk as it is. Ours and the peers take turns within each round.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, quantiles

from ledger.store import EventStore
from scripts.benchmarks import servers
from scripts.benchmarks.load import Orders, Outcome
from scripts.benchmarks.over_http import ask
from scripts.benchmarks.record import apps
from scripts.benchmarks.record.pgbench import Pgbench
from scripts.benchmarks.record.rows import OURS, PEER, Figures, rows_of
from scripts.benchmarks.report import Rows
from tests.postgresql_server import PostgreSQLServer

SAMPLE = 200  # events whose size those of pgbench have


@dataclass(frozen=True)
class Plan:
    """How many rounds, and of how many seconds for each that takes part."""

    rounds: int
    seconds: float


QUICK, WHOLE = Plan(2, 1.5), Plan(7, 5.0)
WARM_UP = Plan(1, 1.0)
MILLISECOND = {"commit_delay": "1000", "commit_siblings": "0"}
AS_IT_IS = {"commit_delay": "0", "commit_siblings": "5"}


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is called
    """Measure on each database of this machine."""
    plan = QUICK if quick else WHOLE
    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as folder:
        return {**_on_postgresql(Path(folder), plan), **_on_sqlite(Path(folder), plan)}


def _on_postgresql(folder: Path, plan: Plan) -> Rows:
    folder.chmod(0o755)  # PostgreSQL may run as another user
    server = servers.postgresql(folder / "server")
    if server is None:
        return {}
    with ExitStack() as stack:
        stack.callback(server.close)
        server.start()
        url, other = server.create_database(), server.create_database()
        parts = _parts(stack, folder / "postgresql", url, other)
        limit = Pgbench(servers.program("pgbench"), other, folder / "insert.sql")
        _rounds(WARM_UP, parts)
        limit.prepare(_size(url))
        parts["pgbench"] = lambda seconds, _: Figures(limit.rate(seconds))
        _set(server, MILLISECOND)
        rows = rows_of("", _rounds(plan, parts))
        _set(server, AS_IT_IS)
        return {**rows, **rows_of(", disk as it is", _rounds(plan, parts))}


def _on_sqlite(folder: Path, plan: Plan) -> Rows:
    with ExitStack() as stack:
        beside = folder / "sqlite"
        parts = _parts(stack, beside, f"sqlite:///{beside}/ledger.db", f"sqlite:///{beside}/documented.db")
        _rounds(WARM_UP, parts)
        return rows_of(", SQLite", _rounds(plan, parts))


Part = Callable[[float, str], Figures]


def _parts(stack: ExitStack, data: Path, url: str, other: str) -> dict[str, Part]:
    data.mkdir()
    ours, firms = stack.enter_context(apps.ledger(data / OURS, url))
    peer = stack.enter_context(apps.documented(data / PEER, other, url))
    single, batch = apps.single(firms), apps.batch(firms)
    return {
        OURS: lambda seconds, run: _asked(ours.port, single, seconds, run),
        PEER: lambda seconds, run: _asked(peer.port, single, seconds, run),
        "batch of 20": lambda seconds, run: _asked(ours.port, batch, seconds, run, apps.BATCH),
    }


def _asked(port: int, requests: Sequence[str], seconds: float, run: str, events: int = 1) -> Figures:
    outcome = ask(Orders(port=port, seconds=seconds, run=run, requests=list(requests)))
    failures = {status: count for status, count in outcome["answers"].items() if not status.startswith("2")}
    return Figures(events * len(outcome["milliseconds"]) / outcome["seconds"], _p99(outcome), failures)


def _p99(outcome: Outcome) -> float:
    return quantiles(outcome["milliseconds"], n=100)[98] if len(outcome["milliseconds"]) > 1 else 0.0


_runs = iter(range(1, 10**6))


def _rounds(plan: Plan, parts: dict[str, Part]) -> list[dict[str, Figures]]:
    return [{name: part(plan.seconds, f"{next(_runs)}") for name, part in parts.items()} for _ in range(plan.rounds)]


def _set(server: PostgreSQLServer, settings: dict[str, str]) -> None:
    for name, value in settings.items():
        server.execute(f"ALTER SYSTEM SET {name} = {value}")
    server.execute("SELECT pg_reload_conf()")


def _size(url: str) -> int:
    with closing(EventStore.open(url)) as store:
        return round(mean(len(event.state) for event in store.read_stored(max(0, store.head() - SAMPLE), SAMPLE)))
