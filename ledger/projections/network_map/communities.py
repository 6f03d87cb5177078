"""Groups of firms that work more with each other than with others: modularity by local moves (Louvain).

rustworkx finds no communities, and a library for these forty lines would be the largest that the ledger loads. Firms
are gone through in a settled order and ties are broken by it, so that the same pairs always give the same groups.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

Weights = list[dict[int, float]]  # of each node: its neighbours, and itself for what lies inside
MOST_PASSES = 20


def communities(size: int, pairs: Sequence[tuple[int, int]]) -> list[int]:
    """Return the group of each node, numbered in the order in which they first appear."""
    weights: Weights = [{} for _ in range(size)]
    for one, other in pairs:
        weights[one][other] = weights[other][one] = 1.0
    belongs = list(range(size))
    while True:
        groups = _numbered(_moved(weights))
        belongs = [groups[group] for group in belongs]
        if max(groups, default=-1) + 1 == len(weights):
            return belongs
        weights = _merged(weights, groups)


def _moved(weights: Weights) -> list[int]:
    """Move each node to the group where it belongs most, until nothing moves."""
    degrees = [sum(own.values()) for own in weights]
    whole = sum(degrees)
    group, totals = list(range(len(weights))), list(degrees)
    for _ in range(MOST_PASSES if whole else 0):
        moved = False
        for node, own in enumerate(weights):
            home = group[node]
            totals[home] -= degrees[node]
            best = _best(node, own, group, totals, degrees[node] / whole)
            totals[best] += degrees[node]
            group[node], moved = best, moved or best != home
        if not moved:
            break
    return group


def _best(node: int, own: Mapping[int, float], group: Sequence[int], totals: Sequence[float], part: float) -> int:
    """Return the group that a node gains most by; its own one when no other is better."""
    towards: dict[int, float] = defaultdict(float, {group[node]: 0.0})
    for other, weight in own.items():
        if other != node:
            towards[group[other]] += weight
    home = group[node]
    gains = {one: weight - totals[one] * part for one, weight in towards.items()}
    best = min(gains, key=lambda one: (-gains[one], one))
    return best if gains[best] > gains[home] + 1e-9 else home


def _merged(weights: Weights, groups: Sequence[int]) -> Weights:
    merged: Weights = [defaultdict(float) for _ in range(max(groups) + 1)]
    for node, own in enumerate(weights):
        for other, weight in own.items():
            merged[groups[node]][groups[other]] += weight
    return merged


def _numbered(groups: Sequence[int]) -> list[int]:
    numbers = {group: number for number, group in enumerate(dict.fromkeys(groups))}
    return [numbers[group] for group in groups]
