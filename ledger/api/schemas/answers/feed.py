"""What is answered of the event feed."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import TEXT, TIME, Shape, many, one_of, ref, said, shape

FEED: dict[str, Shape] = {
    "EventBatch": {**many(ref("CloudEvent")), "description": "Events in the order of the log, as CloudEvents 1.0."},
    "CloudEvent": shape(
        "An event.",
        {
            "specversion": one_of("1.0"),
            "id": said(TEXT, "its place in the log; together with source it is unique"),
            "source": said(TEXT, "the address of the ledger"),
            "type": said(TEXT, "ledger. and the event's topic, such as ledger.collaboration.confirmed"),
            "time": said(TIME, "when it was recorded"),
            "subject": said(TEXT, "what it happened to, such as collaboration/<id>"),
            "datacontenttype": one_of("application/json"),
            "data": ref("CollaborationEvent"),
        },
    ),
}
