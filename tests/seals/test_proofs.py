"""What can be proved of the log, and what is answered where nothing can."""

from __future__ import annotations

import pytest

from ledger.seals import tables
from ledger.seals.proofs import BeyondTheTreeError, NotSealedError
from ledger.services import House
from ledger.store import merkle
from tests.seals.conftest import EVENTS, record


def test_several_events_are_proved_under_one_head(sealed: House) -> None:
    """In the order of the log, whatever order they are asked in."""
    proved, head = sealed.seals.prove([21, 3, 25, 3]), sealed.seals.head()
    assert proved is not None
    assert head is not None
    assert (proved.checkpoint, proved.size) == (head.note, EVENTS)
    assert [proof.position for proof in proved.proofs] == [3, 21, 25]
    for proof in proved.proofs:
        assert merkle.verify_inclusion(proof.leaf_hash, proof.leaf_index, proof.size, proof.hashes, head.root)


def test_what_is_not_sealed_is_not_proved(sealed: House) -> None:
    """Neither are those beside it: ask again after the next look."""
    record(sealed, 1)
    assert sealed.seals.prove([3, EVENTS + 1]) is None
    sealed.sealer.look()
    assert sealed.seals.prove([3, EVENTS + 1]) is not None


def test_nothing_is_proved_of_nothing(house: House) -> None:
    """Before the first event there is no head."""
    assert (house.seals.head(), house.seals.size(), house.seals.prove([1])) == (None, 0, None)
    with pytest.raises(NotSealedError, match="in the tree of 0 leaves"):
        house.seals.inclusion(1)


def test_every_smaller_tree_is_proved(sealed: House) -> None:
    """Of any size, also where no head was signed."""
    leaves = [leaf.hash for leaf in sealed.seals.leaves(0, EVENTS)]
    node = merkle.Tree(leaves).node
    for size in range(1, EVENTS + 1):
        proof = sealed.seals.inclusion(1, size)
        assert merkle.verify_inclusion(leaves[0], 0, size, proof.hashes, merkle.root(size, node))
        assert sealed.seals.consistency(size) == (EVENTS, merkle.consistency(size, EVENTS, node))
    with pytest.raises(NotSealedError):
        sealed.seals.inclusion(EVENTS, EVENTS - 1)
    with pytest.raises(BeyondTheTreeError):
        sealed.seals.consistency(1, EVENTS + 1)


def test_nodes_stand_in_the_order_they_are_made() -> None:
    """So the table grows at its end, and a stretch of leaves has its nodes in a row."""
    tree, places = merkle.CompactRange(), []
    for index in range(300):
        made = tree.append(b"")
        places += [tables.place(level, index >> level) for level in range(len(made))]
    assert places == list(range(len(places)))
