"""What can be proved of the log, and what is answered where nothing can."""

from __future__ import annotations

import pytest

from ledger.seals import proofs, tables
from ledger.seals.proofs import BeyondTheTreeError, NotSealedError
from ledger.services import House
from ledger.store import merkle, notes
from ledger.store.multi_proof import root_from_multi
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


def test_a_document_is_pinned_to_the_first_head_over_its_event(sealed: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """With those behind it, the latest ones when there are too many; later heads change nothing."""
    found = sealed.seals.pinned(20, [3, 7, 3, 20])
    assert found is not None
    assert (found.count, [leaf.position for leaf in found.behind]) == (3, [3, 7, 20])
    head = notes.read(found.checkpoint.partition("\n\n")[0] + "\n")
    assert head.size == EVENTS - 5
    assert root_from_multi(head.size, {leaf.leaf_index: leaf.hash for leaf in found.behind}, found.nodes) == head.root
    record(sealed, 40)
    sealed.sealer.look()
    assert sealed.seals.pinned(20, [7, 3]) == found
    assert sealed.seals.pinned(20 + EVENTS * 2, [3]) is None
    monkeypatch.setattr(proofs, "MOST_PINNED", 2)
    fewer = sealed.seals.pinned(20, [3, 7])
    assert fewer is not None
    assert (fewer.count, [leaf.position for leaf in fewer.behind]) == (3, [7, 20])


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
