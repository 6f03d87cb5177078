"""The sections `project`, `growth` and `query`, on a PostgreSQL whose flush takes a millisecond."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from mmap import PAGESIZE as PAGE
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import NamedTuple
from uuid import uuid4

from ledger.projections.catalogue import PROJECTIONS
from ledger.services import House
from ledger.subscriptions.timeline import TIMELINE
from scripts.benchmarks.overview.network import Size, events
from scripts.benchmarks.project import bare, runner
from scripts.benchmarks.project.copies import lengthen
from scripts.benchmarks.project.database import database, fill, ledger, settings
from scripts.benchmarks.report import Row, Rows
from tests.api.callers import Clock
from tests.api.jobs import consent, praised
from tests.api.world import World, founded
from tests.callers import finished_job

RUNNER, SMALLEST, BARE = "runner", "smallest", "bare"
ROUNDS = 3
MILLISECONDS = 1e3
# What a bank's query and a firm's record ask; the others need not be filled for them.
ASKED = ("networks", "firms", "consents", "collaborations", "keys", "audit_log", "accounts", "timeline")


class Plan(NamedTuple):
    """How large a log is rebuilt, how much of it the runner gets, at which sizes growth is measured, how often."""

    events: int
    peer: int
    everything: int
    sizes: Sequence[int]
    often: int


QUICK = Plan(30_000, 400, 2_000, (1_000, 10_000), 40)
WHOLE = Plan(200_000, 2_000, 20_000, (10_000, 100_000, 1_000_000), 300)
STATM = Path("/proc/self/statm")


def measure_project(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Rebuild the timeline beside the library's runner, and all read models on their own."""
    plan = QUICK if quick else WHOLE
    print(f"\nproject: {plan.events:,} events rebuilt, {plan.peer:,} of them by the runner", flush=True)
    with database() as (folder, url), ledger(folder, url) as house:
        log = events(Size(200, plan.events))
        fill(house, log, plan.everything)
        everything = _rate(house, plan.everything)
        fill(house, log, plan.events - plan.everything)
        house.follower.catch_up(names=[TIMELINE.name])
        rounds = [(_rate(house, plan.events, TIMELINE.name), runner.rate(house, plan.peer)) for _ in range(ROUNDS)]
    ours, theirs = zip(*rounds, strict=True)
    ratios = [mine / other for mine, other in rounds]
    return {
        "rebuild": Row(
            median(ours),
            "events/s",
            min(ours),
            max(ours),
            peers={RUNNER: median(theirs)},
            ratio={RUNNER: median(ratios)},
            ratio_range=f"({min(ratios):.0f}-{max(ratios):.0f})",
        ),
        f"rebuild, all read models, {plan.everything:,} events": Row(everything, "events/s", everything, everything),
    }


def measure_growth(quick: bool, largest: int | None) -> Rows:  # noqa: FBT001 - as every section is asked
    """Record and ask the same of a log that has grown in between."""
    plan = QUICK if quick else WHOLE
    sizes = [*plan.sizes[:-1], largest or plan.sizes[-1]]
    print(f"\ngrowth: {', '.join(f'{size:,}' for size in sizes)} events", flush=True)
    figures: dict[str, list[list[float]]] = {name: [] for name in GROWING}
    with database() as (folder, url):
        world = _world(folder, url)
        after, base = world.house.store.head(), plan.sizes[0]
        fill(world.house, events(Size(base // 100, base)), base)
        world.house.follower.catch_up(names=ASKED)
        for size in sizes:
            if size > base:
                lengthen(world.house, [one for one in PROJECTIONS if one.name in ASKED], after, base, size)
            for name, measured in GROWING.items():
                figures[name].append([measured(world) for _ in range(plan.often)])
            print(f"  {size:,}: " + ", ".join(f"{n} {median(t[-1]):.2f}" for n, t in figures.items()), flush=True)
        world.house.close()
    rows = {name: _row(times[-1], {SMALLEST: times[0]}) for name, times in figures.items()}
    return {**rows, MEMORY: replace(rows[MEMORY], unit="MB")}


def measure_query(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Ask for a firm's history as its bank does, beside the same SELECTs without the ledger."""
    plan = QUICK if quick else WHOLE
    print("\nquery: a bank reads a firm's history of 20 jobs", flush=True)
    with database() as (folder, url):
        world = _world(folder, url)
        with bare.client(world, lambda: _ask(world)) as ask_bare:
            pairs = [(_asked(world), _timed(ask_bare)) for _ in range(plan.often)]
        world.house.close()
    ours, theirs = zip(*pairs, strict=True)
    return {"ours": _row(ours, {BARE: theirs})}


def _world(folder: Path, url: str) -> World:
    world = founded(settings(folder, url), Clock())
    for _ in range(20):
        praised(world.alpha, world.beta)
    consent(world.alpha, world.bank)
    return world


def _record(world: World) -> None:
    body = finished_job(world.gamma.id, world.delta.id)
    world.gamma.record("/collaborations", body, idempotency_key=str(uuid4()))


def _asked(world: World, timed: Callable[[Callable[[], object]], float] | None = None) -> float:
    """Return the milliseconds of a query on read models that are at the head."""
    world.house.follower.catch_up(names=ASKED)
    return (timed or _timed)(lambda: _ask(world))


def _ask(world: World) -> None:
    headers = {"Authorization": f"Bearer {world.bank.key}"}
    answer = world.bank.client.get(f"/v1/firms/{world.alpha.id}/history", headers=headers)
    if answer.status_code != 200:  # noqa: PLR2004
        raise RuntimeError(answer.text)


def _rate(house: House, count: int, *names: str) -> float:
    began = perf_counter()
    house.follower.rebuild(*names)
    return count / (perf_counter() - began)


def _timed(ask: Callable[[], object]) -> float:
    began = perf_counter()
    ask()
    return (perf_counter() - began) * MILLISECONDS


def _worked(ask: Callable[[], object]) -> float:
    """Return the milliseconds that this process worked, which a busy machine stretches less."""
    began = process_time()
    ask()
    return (process_time() - began) * MILLISECONDS


def _memory(_: World) -> float:
    """Return the megabytes that this process has in memory."""
    return int(STATM.read_text().split()[1]) * PAGE / 1e6


MEMORY = "memory"
GROWING: Mapping[str, Callable[[World], float]] = {
    "write": lambda world: _timed(lambda: _record(world)),
    "write, processor": lambda world: _worked(lambda: _record(world)),
    "query": _asked,
    "query, processor": lambda world: _asked(world, _worked),
    MEMORY: _memory,
}


def _row(ours: Sequence[float], peers: dict[str, Sequence[float]]) -> Row:
    beside = {name: median(times) for name, times in peers.items()}
    ratio = {name: median(ours) / other for name, other in beside.items()}
    return Row(median(ours), "ms", min(ours), max(ours), peers=beside, ratio=ratio, digits=2)
