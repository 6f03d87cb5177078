"""What is answered of the event feed."""

from __future__ import annotations

from ledger.api.schemas.answers.shapes import (
    COUNT,
    ID,
    POSITION,
    TEXT,
    TIME,
    VERSION,
    Shape,
    many,
    nullable,
    one_of,
    ref,
    said,
    shape,
)
from ledger.domain.actor import Role
from ledger.outbox.states import State

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
    "WebhookReceipt": shape(
        "A webhook was registered.",
        {"id": ID, "version": COUNT, "position": POSITION, "secret": said(TEXT, "shown this once; signs what is sent")},
    ),
    "Webhook": shape(
        "Where a caller is told of its events.",
        {
            "id": ID,
            "role": one_of(*(role.value for role in Role)),
            "subject": said(nullable(ID), "whose it is"),
            "url": TEXT,
            "types": said(many(TEXT), "all when none is named"),
            "registered_at": TIME,
            "version": VERSION,
            "state": said(one_of(*(state.value for state in State)), "failing: given up; gone: the receiver said 410"),
            "delivered_position": said(nullable(COUNT), "up to where it is told; null before the first delivery"),
            "failing_since": nullable(TIME),
            "next_at": said(nullable(TIME), "when it is tried again"),
        },
    ),
    "Delivery": shape(
        "An attempt to send an event.",
        {
            "number": COUNT,
            "position": said(COUNT, "the event"),
            "type": TEXT,
            "at": TIME,
            "outcome": one_of("delivered", "refused", "timeout", "unreachable", "forbidden"),
            "status": said({"type": ["integer", "null"]}, "what the receiver answered"),
            "milliseconds": COUNT,
        },
    ),
    "Redelivery": shape("An event will be sent once more.", {"webhook": ID, "number": COUNT}),
}
