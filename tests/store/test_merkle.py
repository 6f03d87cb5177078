"""The tree of RFC 9162: its roots, and proofs that hold for what is true and for nothing else."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store import merkle
from ledger.store.merkle import CompactRange, Tree, leaf_hash, node_hash

SIZE = 256  # up to here every proof there is
# The leaves and roots that implementations of Certificate Transparency are tested with.
KNOWN_LEAVES = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
KNOWN_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [leaf_hash(number.to_bytes(2)) for number in range(SIZE)]
TREE = Tree(LEAVES)


@cache
def defined(low: int, high: int) -> bytes:
    """The root over some leaves, word for word as RFC 9162 defines it."""
    if low == high:
        return merkle.EMPTY
    if high - low == 1:
        return LEAVES[low]
    split = 1
    while split * 2 < high - low:
        split *= 2
    return node_hash(defined(low, low + split), defined(low + split, high))


def test_roots_are_the_known_ones() -> None:
    """Other implementations give the same leaves the same roots."""
    tree = Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in KNOWN_LEAVES)
    assert [merkle.root(size, tree.node).hex() for size in range(1, 9)] == KNOWN_ROOTS
    assert merkle.root(0, tree.node).hex() == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_proofs_are_the_known_ones() -> None:
    """Two from the test vectors of Certificate Transparency."""
    tree = Tree(leaf_hash(bytes.fromhex(leaf)) for leaf in KNOWN_LEAVES)
    assert [step.hex()[:8] for step in merkle.inclusion(5, 8, tree.node)] == ["bc1a0643", "ca854ea1", "d37ee418"]
    assert [step.hex()[:8] for step in merkle.consistency(6, 8, tree.node)] == ["0ebc5d34", "ca854ea1", "d37ee418"]


@pytest.mark.parametrize("size", range(SIZE + 1))
def test_every_size_has_its_root(size: int) -> None:
    """However it is worked out: as defined, from complete subtrees, or while it grows."""
    grown = CompactRange()
    for leaf in LEAVES[:size]:
        grown.append(leaf)
    taken_up = CompactRange.of(size, TREE.node)
    assert defined(0, size) == merkle.root(size, TREE.node) == grown.root() == taken_up.root()
    assert (taken_up.size, Tree(LEAVES[:size]).size) == (size, size)


@pytest.mark.parametrize("size", range(1, SIZE + 1))
def test_every_leaf_is_proved_in_every_tree(size: int) -> None:
    """And the proof of one holds for no other leaf, place or size."""
    root = defined(0, size)
    for index in range(size):
        path = merkle.inclusion(index, size, TREE.node)
        assert merkle.verify_inclusion(LEAVES[index], index, size, path, root)
        assert not merkle.verify_inclusion(LEAVES[index - 1] if size > 1 else b"", index, size, path, root)
        assert not merkle.verify_inclusion(LEAVES[index], index ^ 1, size, path, root)
        assert not merkle.verify_inclusion(LEAVES[index], index, size, [*path, root], root)
        assert not merkle.verify_inclusion(LEAVES[index], index, size, path[:-1], root) or not path


@pytest.mark.parametrize("second", range(SIZE + 1))
def test_every_tree_is_proved_the_beginning_of_every_larger_one(second: int) -> None:
    """And of none that begins otherwise."""
    root = defined(0, second)
    for first in range(second + 1):
        path, before = merkle.consistency(first, second, TREE.node), defined(0, first)
        assert merkle.verify_consistency(first, second, path, before, root)
        assert not merkle.verify_consistency(first, second, path, leaf_hash(before), root)
        if first:
            assert not merkle.verify_consistency(first, second, path, before, leaf_hash(root))
            assert not merkle.verify_consistency(first, second, [*path, root], before, root)
        if path:
            assert not merkle.verify_consistency(first, second, path[1:], before, root)
            assert not merkle.verify_consistency(first, second, path[:-1], before, root)


@given(st.data())
def test_a_proof_that_was_touched_fails(data: st.DataObject) -> None:
    """One bit of one hash is enough."""
    size = data.draw(st.integers(2, SIZE))
    index = data.draw(st.integers(0, size - 1))
    path = merkle.inclusion(index, size, TREE.node)
    at, bit = data.draw(st.integers(0, len(path) - 1)), data.draw(st.integers(0, 255))
    path[at] = (int.from_bytes(path[at]) ^ 1 << bit).to_bytes(32)
    assert not merkle.verify_inclusion(LEAVES[index], index, size, path, defined(0, size))


def test_no_proof_beyond_the_tree() -> None:
    """Nothing is proved of leaves that are not there, and nothing holds for them."""
    for index, size in ((-1, 4), (4, 4), (0, 0)):
        with pytest.raises(ValueError, match="there is no leaf"):
            merkle.inclusion(index, size, TREE.node)
        assert not merkle.verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])
    with pytest.raises(ValueError, match="no beginning"):
        merkle.consistency(5, 4, TREE.node)
    assert not merkle.verify_consistency(5, 4, [], defined(0, 5), defined(0, 4))
    assert not merkle.verify_consistency(-1, 4, [], defined(0, 4), defined(0, 4))


def test_a_leaf_is_no_node() -> None:
    """The hash of two subtrees cannot be passed off as a leaf that holds them."""
    assert leaf_hash(LEAVES[0] + LEAVES[1]) != node_hash(LEAVES[0], LEAVES[1])


def test_proofs_are_short() -> None:
    """One hash a doubling: 20 for a million leaves."""
    assert max(len(merkle.inclusion(index, SIZE, TREE.node)) for index in range(SIZE)) == 8
    peaks = [merkle.peaks(size) for size in range(SIZE)]
    assert all(len(found) == size.bit_count() for size, found in enumerate(peaks))
    assert all(one > other for found in peaks for (one, _), (other, _) in pairwise(found))


@pytest.mark.parametrize("size", [1, 2, 3, 7, 8, 21, 64, 100])
def test_another_implementation_agrees(size: int) -> None:
    """The oracle gives the same roots, and the same proofs."""
    pymerkle = pytest.importorskip("pymerkle", reason="the oracle is not installed")
    oracle = pymerkle.InmemoryTree(algorithm="sha256")
    for number in range(size):
        oracle.append_entry(number.to_bytes(2))
    assert oracle.get_root() == defined(0, size)
    for index in range(size):
        ours = [LEAVES[index], *merkle.inclusion(index, size, TREE.node)]
        assert sorted(oracle.prove_inclusion(index + 1, size).path) == sorted(ours)  # it keeps another order
