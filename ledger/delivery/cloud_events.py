"""Events as CloudEvents 1.0: what the feed, the live stream and webhooks all send."""

from __future__ import annotations

from typing import Any

from ledger.domain.acting import speaks
from ledger.domain.actor import Actor
from ledger.projections.collaborations.journal import ENVELOPE
from ledger.projections.collaborations.masking import shown_actor
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain

EVENT = "application/cloudevents+json"
BATCH = "application/cloudevents-batch+json"
PREFIX = "ledger."

# Told beside the data, or not to be told: a webhook's address may hold what opens it.
HIDDEN = {*ENVELOPE, "secret", "url"}

Data = dict[str, Any]


def step(recorded: Recorded, viewer: Actor) -> Data:
    """Return an event, as this viewer may know it, in the shape in which events of a collaboration are listed."""
    event = recorded.event
    return {
        "position": recorded.position,
        "version": event.originator_version,
        "type": event.TOPIC,
        "recorded_at": plain(recorded.recorded_at),
        "happened_on": plain(event.happened_on),
        "actor": shown_actor(event.actor, viewer, speaks(event)),
        "data": {name: plain(value) for name, value in vars(event).items() if name not in HIDDEN},
    }


def cloud_event(source: str, thing: object, data: Data) -> Data:
    """Return the CloudEvent of an event; its id is its position, which is never given out again."""
    topic = data["type"]
    return {
        "specversion": "1.0",
        "id": str(data["position"]),
        "source": source,
        "type": f"{PREFIX}{topic}",
        "time": data["recorded_at"],
        "subject": f"{topic.partition('.')[0]}/{thing}",
        "datacontenttype": "application/json",
        "data": data,
    }
