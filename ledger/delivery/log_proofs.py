"""Whether what a referral says of the log holds: its own event and those behind it lead to the head that it names.

Whether that head is the log's own is told by the referral's signature, which covers it.
"""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ledger.store.merkle import verify_inclusion
from ledger.store.multi_proof import root_from_multi
from ledger.store.notes import read

HASH = 32  # bytes

Claims = Mapping[str, Any]


def check(claims: Claims) -> None:
    """Raise `ValueError` when a proof does not hold; a claim that is not there, or is kept back, proves nothing."""
    if "log" not in claims:
        if "events" in claims:
            raise ValueError("events without a log that they are in")
        return
    head = read(claims["log"]["checkpoint"].partition("\n\n")[0] + "\n")
    for proof in claims["log"]["proofs"]:
        path = [_hash(one) for one in proof["hashes"]]
        if not verify_inclusion(_hash(proof["leaf_hash"]), proof["leaf_index"], head.size, path, head.root):
            raise ValueError(f"the event at position {proof['position']} is not in the log")
    if "events" in claims:
        _check_events(claims, head.size, head.root)


def _check_events(claims: Claims, size: int, root: bytes) -> None:
    leaves: Sequence[Any] = claims["events"]["leaves"]
    places = [(position, index) for position, index, _ in leaves]
    ends = [(proof["position"], proof["leaf_index"]) for proof in claims["log"]["proofs"]]
    if not _rising(places) or places[-1:] != ends[-1:]:
        raise ValueError("the events behind it are not in the order of the log")
    hashes = {index: _hash(found) for _, index, found in leaves}
    if root_from_multi(size, hashes, [_hash(one) for one in claims["events"]["nodes"]]) != root:
        raise ValueError("the events behind it are not in the log")


def _rising(places: Sequence[tuple[int, int]]) -> bool:
    """Tell whether positions and places in the tree rise together."""
    return all(one < other and at < then for (one, at), (other, then) in pairwise(places))


def _hash(text: str) -> bytes:
    found = b64decode(text, validate=True)
    if len(found) != HASH:
        raise ValueError("not a hash")
    return found
