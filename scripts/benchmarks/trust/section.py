"""The section `trust`: how well the score finds frauds, what attacks gain, how fast it is; each beside its peers."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from scripts.benchmarks.report import Rows
from scripts.benchmarks.trust import accuracy, effects, otc, rows, simulated, speed
from scripts.benchmarks.trust.lines import Unreadable
from scripts.benchmarks.trust.network import Network
from scripts.benchmarks.trust.ratings import Study, earliest, read_labels, read_ratings, read_seeds, study

SIMULATED = (500, 50)  # firms


class Effort(NamedTuple):
    """How often attacks are placed, and in how many simulated networks of a size."""

    placements: int
    worlds: int


FULL, QUICK = Effort(20, 10), Effort(3, 3)


def add_options(parser: ArgumentParser) -> None:
    """Let a caller bring a network of its own."""
    for name, what in (
        ("ratings", "lines of source,target,rating,time; without it Bitcoin OTC, if it is there"),
        ("labels", "lines of firm,label: -1 for a fraud, 1 for a benign firm"),
        ("seeds", "verified firms, lines of firm[,group]; without it the 30 earliest raters"),
    ):
        parser.add_argument(f"--{name}", type=Path, metavar="CSV", help=f"section trust: {what}")


def prepare(options: Namespace) -> Callable[[], Rows]:
    """Read the files, raising `Unreadable`, and return what measures."""
    return partial(measure, _given(options), options.ratings or otc.RATINGS, quick=options.quick)


def measure(given: Study | None, path: Path, *, quick: bool) -> Rows:
    """Print the tables and return the rows; without a study only what needs none."""
    effort = QUICK if quick else FULL
    found: Rows = {}
    if given is not None:
        print(f"\n{path.name}: {given.network.firms:,} firms, {len(given.network.reports.rater):,} reports")
        found |= _accuracy(given) | _attacks([given.network.plainly()], effort.placements, "")
    for firms in SIMULATED:
        worlds = [simulated.production(firms, seed) for seed in range(effort.worlds)]
        print(f"\n{effort.worlds} simulated production networks of {firms} firms")
        found |= _attacks(worlds, max(effort.placements // 4, 2), f", {firms} firms")
    return found | speed.measure(quick=quick)


def _given(options: Namespace) -> Study | None:
    if options.ratings:
        ratings = read_ratings(options.ratings)
        labels = read_labels(options.labels) if options.labels else {}
        return study(ratings, labels, read_seeds(options.seeds) if options.seeds else earliest(ratings))
    if options.labels or options.seeds:
        raise Unreadable("--labels and --seeds belong to a network; right is to name it with --ratings")
    missing = otc.missing()
    if missing:
        print(f"left out: accuracy and attacks on Bitcoin OTC, for there is no {' and no '.join(map(str, missing))}")
        return None
    return otc.read()


def _accuracy(given: Study) -> Rows:
    if not len(given.labelled):
        print("left out: accuracy, for --labels names no firms")
        return {}
    found = accuracy.measure(given)
    print(accuracy.table(found, given), flush=True)
    return rows.of_accuracy(found)


def _attacks(worlds: list[Network], placements: int, suffix: str) -> Rows:
    found = effects.measure(worlds, placements)
    print(f"attacks, percentile points, means over {placements} placements in each network")
    print(effects.table(found), flush=True)
    return rows.of_effects(found, suffix)
