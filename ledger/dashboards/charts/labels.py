"""Places names beside their dots so that no two lie on each other: the weightiest first, at the best of four sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

LETTER, LINE = 6.6, 14  # pixels: how broad a letter is on average, how high a line
WIDE, NARROW = 640, 250  # pixels: the picture on a desk and on a small phone
GAP = 4
OUTWARD, LARGE = 65, 12  # per cent from where a name goes left; the radius from which it goes below

Box = tuple[float, float, float, float]  # left, top, right, bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A dot: per cent from the left, pixels from the top, its radius, and its name."""

    x: float
    y: float
    radius: float
    words: str = ""


@dataclass(frozen=True, slots=True)
class Name:
    """A name that has found its place beside its dot; `narrow` says that it has room on a phone as well."""

    spot: Spot
    dx: float
    dy: float
    anchor: str
    narrow: bool


def place(named: Sequence[Spot], others: Sequence[Spot], height: float) -> list[Name]:
    """Return the names that have room, in their order."""
    by_height = sorted(others, key=lambda spot: spot.y)
    taken = _Taken(named, height, WIDE)
    placed: list[Name] = []
    for spot in named:
        free = [name for name in _sides(spot) if taken.leaves_room_for(name)]
        if free:
            placed.append(min(free, key=lambda name: _covered(_box(name, WIDE), by_height)))
            taken.take(placed[-1])
    return _for_phones(placed, named, height)


def _for_phones(placed: list[Name], named: Sequence[Spot], height: float) -> list[Name]:
    """Mark the names that stay where the same picture is narrow."""
    taken = _Taken(named, height, NARROW)
    return [replace(name, narrow=taken.leaves_room_for(name) and taken.take(name)) for name in placed]


def _sides(spot: Spot) -> Iterator[Name]:
    """Return the four sides, the best first: towards the middle, and under what is large enough to carry a name."""
    away = spot.radius + GAP
    beside = [Name(spot, away, 4, "start", narrow=False), Name(spot, -away, 4, "end", narrow=False)]
    below = [Name(spot, 0, away + 9, "middle", narrow=False), Name(spot, 0, -away, "middle", narrow=False)]
    if spot.x > OUTWARD:
        beside.reverse()
    yield from below + beside if spot.radius > LARGE else beside + below


def _box(name: Name, width: float) -> Box:
    broad = len(name.spot.words) * LETTER
    x, foot = name.spot.x * width / 100 + name.dx, name.spot.y + name.dy + 3
    left = {"start": x, "end": x - broad, "middle": x - broad / 2}[name.anchor]
    return left, foot - LINE, left + broad, foot


class _Taken:
    """What lies on a picture of one width already: the dots that have names, and the names that have a place."""

    def __init__(self, named: Sequence[Spot], height: float, width: float) -> None:
        self._height, self._width = height, width
        self._dots = [(spot, _around(spot, width)) for spot in named]
        self._names: list[Box] = []

    def take(self, name: Name) -> bool:
        """Let the name lie there."""
        self._names.append(_box(name, self._width))
        return True

    def leaves_room_for(self, name: Name) -> bool:
        """Tell whether the name lies inside, and on no other dot or name."""
        box = _box(name, self._width)
        if box[0] < 0 or box[1] < 0 or box[2] > self._width or box[3] > self._height:
            return False
        free = not any(_meet(box, other) for other in self._names)
        return free and not any(_meet(box, dot) for spot, dot in self._dots if spot is not name.spot)


def _covered(box: Box, by_height: Sequence[Spot]) -> int:
    first = bisect_left(by_height, box[1], key=lambda spot: spot.y)
    last = bisect_right(by_height, box[3], key=lambda spot: spot.y)
    return sum(_meet(box, _around(spot, WIDE)) for spot in by_height[first:last])


def _around(spot: Spot, width: float) -> Box:
    x = spot.x * width / 100
    return x - spot.radius, spot.y - spot.radius, x + spot.radius, spot.y + spot.radius


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
