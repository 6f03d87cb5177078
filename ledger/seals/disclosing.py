"""One event with everything that proves it: its stored bytes, its salt, the path to a signed head."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from ledger.seals.proofs import NotSealedError

if TYPE_CHECKING:
    from ledger.seals.proofs import Inclusion, Pinned, Seals
    from ledger.store.event_store import EventStore


def disclosure(store: EventStore, seals: Seals, keys: Sequence[str], position: int) -> dict[str, Any]:
    """Return what scripts/verify_proof.py reads; raise `NotSealedError`."""
    proved = seals.prove([position])
    events = store.read_stored(position - 1, 1)
    if proved is None or not events or events[0].position != position:
        raise NotSealedError(f"no event is sealed at position {position}")
    (event,), (proof,) = events, proved.proofs
    return {
        "event": {
            "position": event.position,
            "originator_id": str(event.originator_id),
            "originator_version": event.originator_version,
            "topic": event.topic,
            "state": _text(event.state),
            "salt": _text(proof.salt),
        },
        "tree_size": proof.size,
        **shown(proof),
        "checkpoint": proved.checkpoint,
        "keys": list(keys),
    }


def pinning(pinned: Pinned) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what a referral says of the log, and of the events behind it: of those no more than place and hash."""
    proof = {"position": pinned.proof.position, **shown(pinned.proof)}
    leaves = [[leaf.position, leaf.leaf_index, _text(leaf.hash)] for leaf in pinned.behind]
    events = {"count": pinned.count, "leaves": leaves, "nodes": [_text(node) for node in pinned.nodes]}
    return {"checkpoint": pinned.checkpoint, "proofs": [proof]}, events


def shown(proof: Inclusion) -> dict[str, Any]:
    """Return the path from a leaf to its head as JSON has it, wherever it is shown; without the salt."""
    return {
        "leaf_index": proof.leaf_index,
        "leaf_hash": _text(proof.leaf_hash),
        "hashes": [_text(one) for one in proof.hashes],
    }


def _text(found: bytes) -> str:
    return b64encode(found).decode()
