"""What is answered of the log's tree."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import COUNT, POSITION, TEXT, Shape, many, nullable, said, shape

HASH = said(TEXT, "SHA-256, base64")
INDEX = said(COUNT, "the leaf's place in the tree, from 0 without gaps")

PROOFS: dict[str, Shape] = {
    "InclusionProof": shape(
        "That an event is in the tree, RFC 9162.",
        {
            "position": POSITION,
            "leaf_index": INDEX,
            "tree_size": COUNT,
            "leaf_hash": HASH,
            "hashes": said(many(TEXT), "from the leaf up, base64"),
        },
    ),
    "ConsistencyProof": shape(
        "That the tree of the first size is the beginning of that of the second, RFC 9162.",
        {"first": COUNT, "second": COUNT, "hashes": said(many(TEXT), "base64")},
    ),
    "Leaves": shape(
        "Leaves of the tree, in order.",
        {
            "items": many(shape("A leaf.", {"leaf_index": INDEX, "position": POSITION, "leaf_hash": HASH})),
            "next": said(nullable(COUNT), "the first leaf of the next page, null on the last one"),
        },
    ),
}
