"""Places names beside their dots so that no two lie on each other: the weightiest first, at the best of four sides."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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
    placed: list[Name] = []
    for spot in named:
        free = [name for name in _sides(spot) if _fits(name, placed, named, height, WIDE)]
        if free:
            placed.append(min(free, key=lambda name: _covered(_box(name, WIDE), by_height)))
    return _for_phones(placed, named, height)


def _for_phones(placed: list[Name], named: Sequence[Spot], height: float) -> list[Name]:
    """Mark the names that stay where the same picture is narrow."""
    kept: list[Name] = []
    for name in placed:
        if _fits(name, kept, named, height, NARROW):
            kept.append(name)
    return [Name(name.spot, name.dx, name.dy, name.anchor, narrow=name in kept) for name in placed]


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


def _fits(name: Name, placed: Sequence[Name], named: Sequence[Spot], height: float, width: float) -> bool:
    box = _box(name, width)
    if box[0] < 0 or box[1] < 0 or box[2] > width or box[3] > height:
        return False
    dots = (_around(spot, width) for spot in named if spot is not name.spot)
    return not any(_meet(box, _box(other, width)) for other in placed) and not any(_meet(box, dot) for dot in dots)


def _covered(box: Box, by_height: Sequence[Spot]) -> int:
    first = bisect_left(by_height, box[1], key=lambda spot: spot.y)
    last = bisect_right(by_height, box[3], key=lambda spot: spot.y)
    return sum(_meet(box, _around(spot, WIDE)) for spot in by_height[first:last])


def _around(spot: Spot, width: float) -> Box:
    x = spot.x * width / 100
    return x - spot.radius, spot.y - spot.radius, x + spot.radius, spot.y + spot.radius


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
