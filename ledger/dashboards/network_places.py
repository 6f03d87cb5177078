"""Room for every firm of a map: what lies in the thick of it is drawn apart, and what hangs together stays together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import atan2, cos, pi, sin, sqrt

Place = tuple[float, float]
EVEN = 0.5  # of an angle: how far firms are turned away from each other
STRIP = 0.2  # of the height: where smaller parts of the network lie


def spread(places: Mapping[str, Place], parts: Mapping[str, int]) -> dict[str, Place]:
    """Return places, -1 to 1, in which the largest part fills the map and the others lie in a row below it.

    Each keeps its direction and its order from the middle, so firms stay where readers have learnt to find them.
    """
    members: dict[int, list[str]] = defaultdict(list)
    for firm in sorted(places):
        members[parts[firm]].append(firm)
    first, *others = [members[part] for part in sorted(members)] or [[]]
    found = {firm: (x, (y - STRIP) * (1 - STRIP) if others else y) for firm, (x, y) in _disc(first, places).items()}
    step = 2 / (len(others) + 1)
    for number, own in enumerate(others, 1):
        wide = min(step / 3, 0.2)
        for firm, (x, y) in _disc(own, places).items():
            found[firm] = (number * step - 1 + wide * x, 1 - STRIP / 2 + y * STRIP / 2)
    return found


def _disc(firms: Sequence[str], places: Mapping[str, Place]) -> dict[str, Place]:
    """Fill a disc evenly: by rank from the middle, and half by rank around it."""
    if len(firms) < 2:  # noqa: PLR2004 - one alone lies in the middle
        return dict.fromkeys(firms, (0.0, 0.0))
    middle = (sum(places[one][0] for one in firms) / len(firms), sum(places[one][1] for one in firms) / len(firms))
    ways = {one: (places[one][0] - middle[0], places[one][1] - middle[1]) for one in firms}
    outward = sorted(firms, key=lambda one: (ways[one][0] ** 2 + ways[one][1] ** 2, one))
    around = sorted(firms, key=lambda one: (atan2(ways[one][1], ways[one][0]), one))
    turns = {one: 2 * pi * at / len(firms) - pi for at, one in enumerate(around)}
    found = {}
    for at, one in enumerate(outward):
        own = atan2(ways[one][1], ways[one][0])
        angle, far = own + EVEN * (turns[one] - own), sqrt((at + 0.5) / len(firms))
        found[one] = (far * cos(angle), far * sin(angle))
    return found
