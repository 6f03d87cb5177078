"""Where firms stand on the map: springs between those who work together, and nobody moves without need.

`rustworkx.spring_layout` with a seed gives the same places for the same graph, bit for bit, in every run. Firms that
have a place keep it; a newcomer begins amid its partners. Only when the network has grown by half since it was last
laid out, all of it is laid out anew, and turned until it looks most like the map before.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import numpy as np
import rustworkx

from ledger.projections.network_map.brokers import graph_of

SEED = 2000
STEPS = 200
STEPS_OF_NEWCOMERS = 50
Place = tuple[float, float]


def anew(size: int, pairs: Sequence[tuple[int, int]], before: Mapping[int, Place]) -> dict[int, Place]:
    """Lay out all nodes, then turn and mirror the map towards the places that some of them had before."""
    graph = graph_of(size, pairs)
    found = rustworkx.spring_layout(graph, seed=SEED, num_iter=STEPS)
    places = {node: (float(found[node][0]), float(found[node][1])) for node in range(size)}
    return _turned(places, before) if len(before) > 1 else places


def widened(size: int, pairs: Sequence[tuple[int, int]], before: Mapping[int, Place]) -> dict[int, Place]:
    """Leave everybody where it stands, and find places for those who have none."""
    new = [node for node in range(size) if node not in before]
    if not new:
        return dict(before)
    begin = {**_amid(new, pairs, before), **before}
    found = rustworkx.spring_layout(
        graph_of(size, pairs), pos=begin, fixed=set(before), seed=SEED, num_iter=STEPS_OF_NEWCOMERS
    )
    return {**{node: _inside(found[node]) for node in new}, **before}


def _amid(new: Sequence[int], pairs: Sequence[tuple[int, int]], before: Mapping[int, Place]) -> dict[int, Place]:
    """Begin each newcomer in the middle of its partners, or on a circle; no two in the same point."""
    partners: dict[int, list[Place]] = defaultdict(list)
    for one, other in pairs:
        for node, partner in ((one, other), (other, one)):
            if partner in before:
                partners[node].append(before[partner])
    found = {}
    for number, node in enumerate(new):
        angle = 2.399963 * number  # the golden angle: no two directions are alike
        middle = np.mean(partners[node], axis=0) if partners[node] else np.zeros(2)
        away = 0.05 if partners[node] else 0.9
        found[node] = (float(middle[0] + away * np.cos(angle)), float(middle[1] + away * np.sin(angle)))
    return found


def _inside(place: Sequence[float]) -> Place:
    return (float(np.clip(place[0], -1, 1)), float(np.clip(place[1], -1, 1)))


def _turned(places: Mapping[int, Place], before: Mapping[int, Place]) -> dict[int, Place]:
    """Turn and mirror (Procrustes), so that the map is recognised."""
    known = sorted(set(places) & set(before))
    now, then = (np.array([of[node] for node in known]) for of in (places, before))
    left, _, right = np.linalg.svd((now - now.mean(axis=0)).T @ (then - then.mean(axis=0)))
    turn = left @ right
    turned = np.array([places[node] for node in sorted(places)]) @ turn
    return dict(zip(sorted(places), map(_inside, turned.tolist()), strict=True))
