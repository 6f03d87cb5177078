"""What commands answer: receipts, and the results of a batch."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import COUNT, ID, TEXT, VERSION, Shape, many, nullable, one_of, ref, said, shape
from ledger.domain.collaboration import State

RECEIPT: Shape = {
    "id": ID,
    "version": VERSION,
    "position": said(COUNT, "its place in the log: read it back with ?min_position="),
    "state": said(one_of(*State), "where a collaboration stands now"),
}

RECORDED: dict[str, Shape] = {
    "Receipt": shape(
        "What was recorded.",
        {**RECEIPT, "number": said(COUNT, "of a dispute that was raised: its number within the collaboration")},
        optional=("state", "number"),
    ),
    "KeyReceipt": shape(
        "The key that was issued.",
        {**RECEIPT, "key": said(TEXT, "the secret, shown this once; a client's key has none")},
        optional=("state", "key"),
    ),
    "BatchResults": shape(
        "One result for each item, in the same order.",
        {"results": many({"anyOf": [ref("BatchRecorded"), ref("BatchRefused")]})},
    ),
    "BatchRecorded": shape(
        "An item that was recorded.", {"key": TEXT, "status": {"type": "integer", "const": 201}, **RECEIPT}
    ),
    "BatchRefused": shape(
        "An item that was refused; the others stand.",
        {"key": nullable(TEXT), "status": COUNT, "index": said(COUNT, "from 0"), "problem": ref("Problem")},
    ),
}
