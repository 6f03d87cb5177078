"""What is answered of a document that was read, and of the service itself."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import COUNT, DAY, SHA256, TEXT, YES, Shape, many, nullable, one_of, said, shape

ON_PAPER: Shape = shape(
    "A party as the document names it.", dict.fromkeys(("name", "vat", "country", "town"), nullable(TEXT))
)

SERVICE: dict[str, Shape] = {
    "Draft": shape(
        "What was read of a document; nothing is recorded.",
        {
            "draft": {"type": "object", "description": "a body for POST /v1/collaborations, to correct and send"},
            "warnings": many(
                shape(
                    "What to look at first.",
                    {"code": TEXT, "detail": TEXT, "pointer": said(TEXT, "a JSON pointer into the draft")},
                    optional=("pointer",),
                )
            ),
            "document": shape(
                "The document, and what it states.",
                {
                    "sha256": SHA256,
                    "syntax": TEXT,
                    "profile": TEXT,
                    "number": nullable(TEXT),
                    "issued_on": nullable(DAY),
                    "due_on": nullable(DAY),
                    "delivered_on": nullable(DAY),
                    "currency": nullable(TEXT),
                    "net": said(nullable(TEXT), "the total without VAT, which becomes the draft's value"),
                    "gross": said(nullable(TEXT), "the total with VAT"),
                    "payable": said(nullable(TEXT), "what is left to pay"),
                    "seller": ON_PAPER,
                    "buyer": ON_PAPER,
                },
            ),
        },
    ),
    "Life": shape("The process answers.", {"status": one_of("alive")}),
    "Readiness": shape(
        "Where the log and each read model stand.",
        {
            "status": one_of("ready", "failed", "unavailable"),
            "position": said(nullable(COUNT), "the last place in the log"),
            "projections": many(
                shape(
                    "A read model.",
                    {
                        "name": TEXT,
                        "position": COUNT,
                        "lag": COUNT,
                        "failed_at": said(nullable(COUNT), "where it stopped"),
                    },
                )
            ),
            "sealing": nullable(
                shape(
                    "How far events are sealed, and whether that has stopped for good.",
                    {
                        "position": said(COUNT, "the last sealed place in the log, 0 without any"),
                        "lag": said(COUNT, "how far that is behind"),
                        "stopped": said(YES, "the log is not what was signed: the operator has to look"),
                    },
                )
            ),
        },
    ),
    "OpenAPI": {"type": "object", "description": "An OpenAPI 3.1 document."},
}
