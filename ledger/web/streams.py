"""Live streams, of programs and of pages: the feed of this ledger, and room for so many of them in one process."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from flask import Response, current_app

from ledger.delivery.feed import Feed
from ledger.delivery.live import MEDIA_TYPE, Live, Places
from ledger.web.house import house
from ledger.web.refusal import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def feed() -> Feed:
    """Return the feed of this ledger."""
    return Feed(house().views, house().store, house().settings.public_url)


def live() -> Live:
    """Return how streams run here."""
    stopping: Callable[[], bool] = current_app.extensions.get("stopping", lambda: False)
    return Live(feed(), house().settings.stream_seconds, stopping)


def streamed(lines: Iterator[str]) -> Response:
    """Answer with a live stream; raise a 503 `Refusal` when there is no room for another."""
    room = _room()
    if not room.take():
        detail = "There is no room for another live stream just now; GET /v1/events tells the same."
        raise Refusal(503, "unavailable", detail, {"Retry-After": "5"})
    place = ExitStack()
    place.callback(room.leave)
    response = Response(_kept(lines, place), content_type=MEDIA_TYPE)
    response.headers["X-Accel-Buffering"] = "no"  # nginx would keep events back until it has a few kilobytes
    response.call_on_close(place.close)  # also of a stream that nobody has begun to read
    return response


def _room() -> Places:
    settings = house().settings
    found: Places = current_app.extensions.setdefault("streams", Places(min(settings.streams, settings.threads // 2)))
    return found


def _kept(lines: Iterator[str], place: ExitStack) -> Iterator[str]:
    with place:
        yield from lines
