"""The live stream: a viewer's feed as server-sent events, for a bounded time, while the viewer may still look."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.domain.actor import Role
from ledger.domain.consent import Consent
from ledger.subscriptions.reading import NotYet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ledger.delivery.feed import Feed
    from ledger.domain.actor import Actor

MEDIA_TYPE = "text/event-stream"
POLL = 0.5  # seconds between two looks, at the caller's key as well
HEARTBEAT = 15.0  # seconds without a word, after which proxies would think that nobody is there
RETRY = 3000  # milliseconds until a client comes back
BATCH = 100
WITHDRAWN = Consent.Withdrawn.TOPIC


class Places:
    """So many streams at once: each keeps a thread of the web process, and requests must never wait for one."""

    def __init__(self, places: int) -> None:
        self._places = threading.BoundedSemaphore(places) if places > 0 else None

    def take(self) -> bool:
        """Take a place; False when there is none."""
        return self._places is not None and self._places.acquire(blocking=False)

    def leave(self) -> None:
        """Give a place back that was taken."""
        if self._places is not None:
            self._places.release()


def full(event: dict[str, Any]) -> str:
    """Write a CloudEvent as it stands in the feed."""
    return json.dumps(event, ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Live:
    """How streams run: for `seconds` at most, and not beyond the moment when `stopping` says so."""

    feed: Feed
    seconds: float
    stopping: Callable[[], bool]

    def stream(
        self,
        who: Callable[[], Actor | None],
        after: int,
        write: Callable[[dict[str, Any]], str] = full,
        *,
        named: bool = True,
        heartbeat: float = HEARTBEAT,
    ) -> Iterator[str]:
        """Yield what `who` may see behind a position; `who` is asked at every look, and None ends the stream.

        A browser hears an event that is not `named` without knowing which ones there are. A reader who has gone is
        noticed by the next but one `heartbeat`, in seconds.
        """
        deadline = time.monotonic() + self.seconds
        quiet_since = time.monotonic()
        yield f"retry: {RETRY}\n\n"
        while (viewer := who()) is not None:
            events, looked = self._look(viewer, after)
            for event in events:
                name = f"event: {event['type']}\n" if named else ""
                yield f"id: {event['id']}\n{name}data: {write(event)}\n\n"
            if self._is_over(viewer, events, deadline):
                return
            if events:
                quiet_since = time.monotonic()
            elif time.monotonic() - quiet_since >= heartbeat:
                quiet_since = time.monotonic()
                yield f": still here\nid: {looked}\n\n"
            after = looked
            if not events:
                time.sleep(POLL)

    def _look(self, viewer: Actor, after: int) -> tuple[list[dict[str, Any]], int]:
        if self.feed.store.head() <= after:
            return [], after
        try:
            batch = self.feed.fetch(viewer, after=after, limit=BATCH)
        except NotYet:  # the consents of a bank cannot be judged just now; the next look may
            return [], after
        return batch.events, batch.next

    def _is_over(self, viewer: Actor, events: list[dict[str, Any]], deadline: float) -> bool:
        # A withdrawal ends a bank's stream: what it may still be told is asked for anew.
        withdrawn = viewer.role is Role.BANK and any(event["data"]["type"] == WITHDRAWN for event in events)
        return withdrawn or self.stopping() or time.monotonic() >= deadline
