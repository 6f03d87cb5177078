"""What attacks do, in percentile points among the firms that had a report before the attack."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import numpy as np

from scripts.benchmarks.trust.attacks import Placed, Placing
from scripts.benchmarks.trust.catalogue import ALL, EXIT, LOSSES, PROMOTIONS, SLANDERS
from scripts.benchmarks.trust.network import Floats, Integers, Network
from scripts.benchmarks.trust.peers import ATTACKED, Method
from scripts.benchmarks.trust.people import TooFew

Effects = dict[str, dict[str, list[float]]]  # by attack and method, one figure for each placement
WORST_PROMOTION, WORST_SLANDER = "worst promotion", "worst slander"


def percentiles(scores: Floats, population: Integers, firms: Integers) -> Floats:
    """Return what share of the population scores lower than each firm, 0 to 100; equal scores count half."""
    others = np.sort(scores[population])
    lower = np.searchsorted(others, scores[firms], "left")
    not_higher = np.searchsorted(others, scores[firms], "right")
    return np.asarray(50 * (lower + not_higher) / len(others), dtype=np.float64)


def effect(name: str, method: Method, placed: Placed, population: Integers) -> float:
    """Return the mean over the attackers of what they gain; what a victim loses; or the rank a scammer keeps."""
    after = percentiles(method(placed.attacked), population, placed.after)
    if name == EXIT:
        return float(after.mean())
    gained = after - percentiles(method(placed.honest), population, placed.before)
    gained = np.maximum(gained, 0) if placed.voluntary else gained
    return float(-gained.mean() if name in LOSSES else gained.mean())


def measure(
    worlds: Sequence[Network],
    placements: int,
    methods: Mapping[str, Method] = ATTACKED,
    attacks: Mapping[str, Placing] = ALL,
) -> Effects:
    """Return the effects of each attack in each network, placed so often; without those that find too few firms."""
    found: Effects = {}
    for name, place in attacks.items():
        for number, world in enumerate(worlds):
            population = np.flatnonzero(world.received)
            for placement in range(placements):
                draw = np.random.default_rng([crc32(name.encode()), number, placement])
                try:
                    placed = place(world, draw)
                except TooFew:
                    break
                for method, score in methods.items():
                    figures = found.setdefault(name, {}).setdefault(method, [])
                    figures.append(effect(name, score, placed, population))
    return found


def worst(effects: Effects, method: str, attacks: Mapping[str, Placing]) -> list[float]:
    """Return the figures of the attack that achieves most against a method; none where no attack could be placed."""
    candidates = [effects[name][method] for name in attacks if name in effects]
    return max(candidates, key=lambda figures: sum(figures) / len(figures), default=[])


def table(effects: Effects) -> str:
    """Return the means as text for people; what could not be placed is named."""
    methods = list(next(iter(effects.values()), {}))
    lines = [f"  {'':50}" + "".join(f"{method:>11}" for method in methods)]
    lines += [_line(name, list(figures.values())) for name, figures in effects.items()]
    for name, attacks in ((WORST_PROMOTION, PROMOTIONS), (WORST_SLANDER, SLANDERS)):
        lines.append(_line(name.upper(), [worst(effects, method, attacks) for method in methods]))
    lines += [f"  {name}: left out, the network has too few firms for it" for name in ALL if name not in effects]
    return "\n".join(lines)


def _line(name: str, columns: Sequence[Sequence[float]]) -> str:
    cells = (f"{sum(figures) / len(figures):>11.1f}" if figures else f"{'-':>11}" for figures in columns)
    return f"  {name:50}" + "".join(cells)
