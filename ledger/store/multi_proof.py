"""One proof that many leaves are in a tree: the hashes that their paths share are told once.

The hashes stand in the order in which the tree is walked, left before right: one for each largest subtree that holds
none of the leaves. So a set of leaves has one proof and no other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from ledger.store.merkle import Node, node_hash, over, split

LARGEST = 1 << 63  # leaves; a position has no more bits


def multi_proof(size: int, indices: Collection[int], node: Node) -> tuple[bytes, ...]:
    """Return the proof that these leaves are in the tree of the first `size`; raise `ValueError` when one is not."""
    return tuple(_beside(0, size, _within(size, indices), node))


def root_from_multi(size: int, leaves: Mapping[int, bytes], nodes: Sequence[bytes]) -> bytes:
    """Return the root that these leaves' hashes lead to; raise `ValueError` for a hash too few or too many."""
    rest = iter(nodes)
    try:
        found = _root(0, size, _within(size, leaves), leaves, rest)
    except StopIteration:
        raise ValueError("a hash is missing in the proof") from None
    if next(rest, None) is not None:
        raise ValueError("a hash too many in the proof")
    return found


def _within(size: int, indices: Collection[int]) -> list[int]:
    wanted = sorted(set(indices))
    if not wanted or not 0 <= wanted[0] <= wanted[-1] < size <= LARGEST:
        raise ValueError(f"no leaves, or not all of them in a tree of {size}")
    return wanted


def _beside(low: int, high: int, wanted: Sequence[int], node: Node) -> Iterator[bytes]:
    if not wanted:
        yield over(low, high, node)
    elif high - low > 1:
        middle, left, right = _halves(low, high, wanted)
        yield from _beside(low, middle, left, node)
        yield from _beside(middle, high, right, node)


def _root(low: int, high: int, wanted: Sequence[int], leaves: Mapping[int, bytes], nodes: Iterator[bytes]) -> bytes:
    if not wanted:
        return next(nodes)
    if high - low == 1:
        return leaves[low]
    middle, left, right = _halves(low, high, wanted)
    return node_hash(_root(low, middle, left, leaves, nodes), _root(middle, high, right, leaves, nodes))


def _halves(low: int, high: int, wanted: Sequence[int]) -> tuple[int, Sequence[int], Sequence[int]]:
    middle = low + split(high - low)
    at = next((place for place, index in enumerate(wanted) if index >= middle), len(wanted))
    return middle, wanted[:at], wanted[at:]
