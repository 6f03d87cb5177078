"""The event feed over HTTP: in batches, and live."""

from __future__ import annotations

import re
import time
from typing import Any

from flask import Blueprint, Response, json, request, url_for

from ledger.api.credentials import caller, still_caller
from ledger.api.endpoint import Contract, endpoint
from ledger.api.reading import opened
from ledger.delivery.cloud_events import BATCH
from ledger.delivery.feed import ROOMS, Batch
from ledger.delivery.live import MEDIA_TYPE
from ledger.domain.errors import Fault, InvalidRequest
from ledger.web.house import house
from ledger.web.schemas.fields import LARGEST_POSITION
from ledger.web.schemas.queries import EventsQuery, StreamQuery
from ledger.web.streams import feed, live, streamed

bp = Blueprint("events", __name__)
EVERYBODY = "all; each what it may see"
POLL = 0.2  # seconds between two looks of a request that waits for an event
LAST = re.compile(r"\d{1,19}", re.ASCII)


@endpoint(
    bp,
    "/events",
    Contract(
        "GET", "What happened, in the order of the log", EVERYBODY, query=EventsQuery(), served=((BATCH, "EventBatch"),)
    ),
)
def page(query: dict[str, Any]) -> Response:
    """List events behind a position as CloudEvents; the next link goes on where this batch ends, also an empty one."""
    deadline = time.monotonic() + (0.0 if "min_position" in query or _is_past(query) else query["wait"])
    found, position = _look(query)
    while not found.events and time.monotonic() < deadline:
        time.sleep(POLL)
        if house().store.head() > found.next:
            found, position = _look(query)
    response = Response(json.dumps(found.events), content_type=BATCH)
    response.headers["Ledger-Position"] = str(position)
    arguments: dict[str, Any] = {**request.args.to_dict(), "after": found.next}
    following = url_for("events.page", **arguments)
    response.headers["Link"] = f'<{following}>; rel="next"'
    return response


@endpoint(bp, "/events/stream", Contract("GET", "The same, live", EVERYBODY, query=StreamQuery(), raw=MEDIA_TYPE))
def stream(query: dict[str, Any]) -> Response:
    """Send events as they are recorded, as server-sent events; Last-Event-ID goes on where a stream broke off."""
    after = _last_seen(query)
    return streamed(live().stream(still_caller(), after))


def _last_seen(query: dict[str, Any]) -> int:
    header = request.headers.get("Last-Event-ID", "").strip()
    if header and not (LAST.fullmatch(header) and int(header) <= LARGEST_POSITION):
        detail = "Last-Event-ID holds the id of an event as it was given, such as 48211."
        raise InvalidRequest(detail, faults=[Fault("/after", detail)])
    if header:
        return int(header)
    return int(query["after"]) if "after" in query else house().store.head()


def _is_past(query: dict[str, Any]) -> bool:
    return "as_of" in query or "as_of_position" in query


def _look(query: dict[str, Any]) -> tuple[Batch, int]:
    with opened(query, *ROOMS) as reading:
        return feed().compose(reading, caller(), after=query["after"], limit=query["limit"]), reading.position
