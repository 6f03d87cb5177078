"""One proof for many leaves: as good as one for each, shorter, and good for nothing else."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.merkle import Tree, inclusion, leaf_hash, node_hash, root
from ledger.store.multi_proof import LARGEST, multi_proof, root_from_multi

SIZE = 300
LEAVES = [leaf_hash(number.to_bytes(2)) for number in range(SIZE)]
TREE = Tree(LEAVES)


def naive(size: int, wanted: set[int]) -> tuple[bytes, list[bytes]]:
    """The root and the shared hashes, worked out level by level from all leaves; a leaf alone is carried up."""
    row = [(LEAVES[index], index in wanted, index) for index in range(size)]
    kept: list[tuple[int, int, bytes]] = []  # first leaf, level, hash
    level = 0
    while len(row) > 1:
        above = []
        for place in range(0, len(row) - 1, 2):
            (left, here, first), (right, there, second) = row[place : place + 2]
            if here != there:
                kept.append((second, level, right) if here else (first, level, left))
            above.append((node_hash(left, right), here or there, first))
        row, level = above + row[len(above) * 2 :], level + 1
    return row[0][0], [found for _, _, found in sorted(kept)]


sizes = st.integers(1, SIZE)


@st.composite
def chosen(draw: st.DrawFn) -> tuple[int, list[int]]:
    """A tree, and some of its leaves."""
    size = draw(sizes)
    return size, sorted(draw(st.sets(st.integers(0, size - 1), min_size=1, max_size=40)))


@given(chosen())
def test_it_is_what_a_tree_worked_out_by_hand_shares(given_: tuple[int, list[int]]) -> None:
    """The hashes from left to right, and the root they lead to."""
    size, wanted = given_
    expected, shared = naive(size, set(wanted))
    proof = multi_proof(size, wanted, TREE.node)
    assert list(proof) == shared
    assert root_from_multi(size, {index: LEAVES[index] for index in wanted}, proof) == expected
    assert expected == root(size, TREE.node)


@given(sizes, st.data())
def test_of_one_leaf_it_is_its_single_proof(size: int, data: st.DataObject) -> None:
    """The same hashes, in the order of leaves instead of levels."""
    index = data.draw(st.integers(0, size - 1))
    assert sorted(multi_proof(size, [index], TREE.node)) == sorted(inclusion(index, size, TREE.node))


@given(chosen())
def test_it_tells_no_hash_that_single_proofs_would_not(given_: tuple[int, list[int]]) -> None:
    """Nor one that follows from the leaves themselves."""
    size, wanted = given_
    singles = {step for index in wanted for step in inclusion(index, size, TREE.node)}
    proof = multi_proof(size, wanted, TREE.node)
    assert set(proof) <= singles
    assert len(proof) == len(set(proof))


@given(chosen(), st.data())
def test_what_was_touched_leads_elsewhere_or_nowhere(given_: tuple[int, list[int]], data: st.DataObject) -> None:
    """A bit flipped, a hash dropped, added or swapped, a leaf moved, dropped or added."""
    size, wanted = given_
    nodes = list(multi_proof(size, wanted, TREE.node))
    leaves = {index: LEAVES[index] for index in wanted}
    mutants = [(size, leaves, [*nodes, LEAVES[0]]), (size, leaves, [LEAVES[0], *nodes])]
    index, bit = data.draw(st.sampled_from(wanted)), data.draw(st.integers(0, 255))
    mutants.append((size, {**leaves, index: flipped(leaves[index], bit)}, nodes))
    if nodes:
        at = data.draw(st.integers(0, len(nodes) - 1))
        mutants.append((size, leaves, [*nodes[:at], flipped(nodes[at], bit), *nodes[at + 1 :]]))
        mutants.append((size, leaves, nodes[:at] + nodes[at + 1 :]))
    for one, other in combinations(range(min(len(nodes), 6)), 2):
        swapped = list(nodes)
        swapped[one], swapped[other] = nodes[other], nodes[one]
        mutants.append((size, leaves, swapped))
    free = sorted(set(range(size)) - set(wanted))
    if free:
        elsewhere = data.draw(st.sampled_from(free))
        rest = {place: leaf for place, leaf in leaves.items() if place != index}
        mutants.append((size, {**rest, elsewhere: leaves[index]}, nodes))
        mutants.append((size, {**leaves, elsewhere: LEAVES[elsewhere]}, nodes))
        if rest:
            mutants.append((size, rest, nodes))
    for mutant in mutants:
        assert led(*mutant) != root(size, TREE.node)


def flipped(found: bytes, bit: int) -> bytes:
    """The hash with one bit turned."""
    return (int.from_bytes(found) ^ 1 << bit).to_bytes(32)


def led(size: int, leaves: dict[int, bytes], nodes: list[bytes]) -> bytes | None:
    """Where a proof leads, None where it is refused."""
    try:
        return root_from_multi(size, leaves, nodes)
    except ValueError:
        return None


@pytest.mark.parametrize(
    ("size", "indices"), [(0, [0]), (4, []), (4, [4]), (4, [-1, 2]), (LARGEST + 1, [0]), (10**400, [0])]
)
def test_leaves_that_are_not_there_are_refused(size: int, indices: list[int]) -> None:
    """Neither proved nor taken for proved."""
    with pytest.raises(ValueError, match="not all of them in a tree"):
        multi_proof(size, indices, TREE.node)
    with pytest.raises(ValueError, match="not all of them in a tree"):
        root_from_multi(size, dict.fromkeys(indices, LEAVES[0]), [])


def test_many_leaves_of_a_large_tree_share_much() -> None:
    """180 leaves of 300 need fewer hashes than there are leaves left; 180 single proofs would need 1,600."""
    wanted = [index for index in range(SIZE) if index % 5 < 3]
    proof = multi_proof(SIZE, wanted, TREE.node)
    assert len(proof) <= 120
    assert sum(len(inclusion(index, SIZE, TREE.node)) for index in wanted) > 1_400
