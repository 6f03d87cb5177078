"""So many mutated requests against a fresh ledger, and how they were answered; `scripts/fuzz` is the command."""

from __future__ import annotations

import argparse
import heapq
import logging
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.api.hostile.exchange import Answer, Request, complaint
from tests.api.hostile.mutations import Pool, mutate
from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World

A_ROUND = 5000  # requests until a fresh ledger: what was accepted makes the reads longer
A_STOCK = 500  # requests until fresh seeds: what was accepted uses up what they rest on


@dataclass
class Tally:
    """How requests were answered: counts by status, the slowest, and every complaint."""

    statuses: Counter[int] = field(default_factory=Counter)
    endpoints: Counter[str] = field(default_factory=Counter)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def add(self, request: Request, answer: Answer) -> None:
        """Count an answer."""
        self.statuses[answer.status] += 1
        self.endpoints[request.name] += 1
        heapq.heappush(self.slowest, (answer.seconds, str(request)))
        if len(self.slowest) > 3:
            heapq.heappop(self.slowest)
        wrong = complaint(request, answer)
        if wrong is not None:
            self.complaints.append(f"{request}\n    {wrong}")

    def report(self) -> str:
        """Say it in a few lines."""
        counts = "  ".join(f"{status}: {count}" for status, count in sorted(self.statuses.items()))
        slow = [f"  {seconds:.3f} s  {what[:300]}" for seconds, what in sorted(self.slowest, reverse=True)]
        lines = [f"{self.statuses.total()} requests to {len(self.endpoints)} endpoints; {counts}", "slowest:", *slow]
        return "\n".join([*lines, f"complaints: {len(self.complaints)}", *self.complaints[:20]])


def play(folder: Path, requests: int, random: Random, tally: Tally) -> None:
    """Send so many mutated requests to a new ledger in this folder."""
    world = World(folder)
    try:
        for n in range(requests):
            if n % A_STOCK == 0:
                world.stock()
                starts, pool = seeds(world), _pool(world)
            request = mutate(random.choice(starts), random, pool)
            tally.add(request, world.send(request))
        tally.complaints.extend(world.failures())
    finally:
        world.close()


def numbers(seed: str) -> Random:
    """Random numbers that are the same for the same seed: a failure must be found again."""
    return Random(seed)  # noqa: S311


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a campaign; return 1 when any answer was wrong."""
    parser = argparse.ArgumentParser(prog="scripts/fuzz", description=__doc__)
    parser.add_argument("--requests", type=int, default=300_000, metavar="N", help="how many (300000)")
    parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed gives the same requests (1)")
    options = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    tally = Tally()
    for first in range(0, options.requests, A_ROUND):
        with tempfile.TemporaryDirectory(prefix="fuzz-") as folder:
            requests = min(A_ROUND, options.requests - first)
            play(Path(folder), requests, numbers(f"{options.seed} {first}"), tally)
        sys.stderr.write(f"\r{tally.statuses.total()} of {options.requests}, {len(tally.complaints)} complaints")
    sys.stderr.write("\n")
    sys.stdout.write(f"{tally.report()}\n")
    return 1 if tally.complaints else 0


def _pool(world: World) -> Pool:
    lists = [
        ("/v1/networks", "operator"),
        ("/v1/firms", "office"),
        ("/v1/collaborations", "firm"),
        ("/v1/keys", "operator"),
    ]
    pages = [world.answer(Request("GET", path, caller, (("limit", "1"),))) for path, caller in lists]
    cursors = [page.json["next"] for page in pages]
    return Pool(tuple(world.ids.values()), tuple(world.keys), tuple(cursor for cursor in cursors if cursor))


if __name__ == "__main__":
    sys.exit(main())
