"""The Merkle tree of RFC 9162: a root over any number of leaves, and short proofs about it.

A tree is asked for by its complete subtrees alone: `node(level, number)` is the root over the 2**level leaves from
number * 2**level on. Whoever keeps those (a table, lists) never hashes a leaf twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from hashlib import sha256
from typing import TypeAlias

Node: TypeAlias = Callable[[int, int], bytes]

EMPTY = sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of a leaf; the prefix keeps it from ever being taken for a node."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash over two subtrees."""
    return sha256(b"\x01" + left + right).digest()


class CompactRange:
    """A tree that grows: it keeps the roots of its complete subtrees alone, one for each 1 in its size."""

    def __init__(self, size: int = 0, peaks: Sequence[bytes] = ()) -> None:
        self.size = size
        self._peaks = list(peaks)

    @classmethod
    def of(cls, size: int, node: Node) -> CompactRange:
        """Take up a tree of this size where it was left."""
        return cls(size, [node(level, number) for level, number in peaks(size)])

    def append(self, leaf: bytes) -> list[bytes]:
        """Append a leaf's hash; return what it completes, level by level: node (level, index >> level)."""
        made, index, top = [leaf], self.size, self._peaks
        while index & 1:
            leaf = sha256(b"\x01" + top.pop() + leaf).digest()
            made.append(leaf)
            index >>= 1
        top.append(leaf)
        self.size += 1
        return made

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._peaks:
            return EMPTY
        *others, found = self._peaks
        for peak in reversed(others):
            found = node_hash(peak, found)
        return found


class Tree:
    """A tree with all its nodes, in memory."""

    def __init__(self, leaves: Iterable[bytes] = ()) -> None:
        self._levels: list[list[bytes]] = [[]]
        self._range = CompactRange()
        for leaf in leaves:
            self.append(leaf)

    @property
    def size(self) -> int:
        """How many leaves there are."""
        return self._range.size

    def append(self, leaf: bytes) -> None:
        """Append a leaf's hash."""
        made = self._range.append(leaf)
        if len(made) > len(self._levels):
            self._levels.append([])
        for level, found in zip(self._levels, made, strict=False):
            level.append(found)

    def node(self, level: int, number: int) -> bytes:
        """Return the root of a complete subtree."""
        return self._levels[level][number]


def peaks(size: int) -> list[tuple[int, int]]:
    """Return the complete subtrees that a tree of this size is made of, the largest first."""
    levels = [level for level in reversed(range(size.bit_length())) if size >> level & 1]
    return [(level, (size >> level) - 1) for level in levels]


def root(size: int, node: Node) -> bytes:
    """Return the root over the first `size` leaves."""
    return over(0, size, node) if size else EMPTY


def inclusion(index: int, size: int, node: Node) -> list[bytes]:
    """Return the proof that leaf `index` is in the tree of the first `size` leaves."""
    if not 0 <= index < size:
        raise ValueError(f"there is no leaf {index} in a tree of {size}")
    path, low, high = [], 0, size
    while high - low > 1:
        middle = low + split(high - low)
        if index < middle:
            path.append(over(middle, high, node))
            high = middle
        else:
            path.append(over(low, middle, node))
            low = middle
    return path[::-1]


def consistency(first: int, second: int, node: Node) -> list[bytes]:
    """Return the proof that the tree of `first` leaves is the beginning of the tree of `second`."""
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} is no beginning of a tree of {second}")
    if first in (0, second):
        return []
    path, low, high = [], 0, second
    while first != high:
        middle = low + split(high - low)
        if first <= middle:
            path.append(over(middle, high, node))
            high = middle
        else:
            path.append(over(low, middle, node))
            low = middle
    return [*([over(low, high, node)] if low else []), *path[::-1]]


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Tell whether the proof leads from the leaf's hash to the root."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for step in path:
        if not last:
            return False
        if place & 1 or place == last:
            found = node_hash(step, found)
            place, last = _up(place, last)
        else:
            found = node_hash(found, step)
        place, last = place >> 1, last >> 1
    return not last and found == root


def verify_consistency(first: int, second: int, path: Sequence[bytes], one: bytes, other: bytes) -> bool:
    """Tell whether the tree of `first` leaves with root `one` is the beginning of that of `second` with `other`."""
    if not 0 <= first <= second:
        return False
    if first in (0, second):
        return not path and (one == other if first else one == EMPTY)
    steps = [one, *path] if first & (first - 1) == 0 else list(path)
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for step in steps[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            old, new = node_hash(step, old), node_hash(step, new)
            place, last = _up(place, last)
        else:
            new = node_hash(new, step)
        place, last = place >> 1, last >> 1
    return not last and (old, new) == (one, other)


def _up(place: int, last: int) -> tuple[int, int]:
    """Climb past the levels on which the right edge stands alone."""
    while place and not place & 1:
        place, last = place >> 1, last >> 1
    return place, last


def split(size: int) -> int:
    """Return how many leaves stand left of the root: the largest power of two below `size`."""
    return 1 << (size - 1).bit_length() - 1


def over(low: int, high: int, node: Node) -> bytes:
    """Return the root over the leaves from `low` to `high`; `low` is a multiple of the power of two above."""
    size = high - low
    if size & (size - 1) == 0:
        level = size.bit_length() - 1
        return node(level, low >> level)
    middle = low + split(size)
    return node_hash(over(low, middle, node), over(middle, high, node))
