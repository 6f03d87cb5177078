"""Reading the read models as of a position: the present one, an earlier one, or one that is worth a wait."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.checkpoints import Checkpoint
from ledger.subscriptions.database import pin, reading
from ledger.subscriptions.event_log import EventLog
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.timeline import TIMELINE, position_at, time_at

# Seconds between two looks at the checkpoints.
POLL = 0.005
T = TypeVar("T")


class NotYet(Exception):
    """The read models have not come as far as was asked, within the wait that was granted."""

    def __init__(self, position: int, min_position: int) -> None:
        super().__init__(f"the views stand at {position}, asked was {min_position}")
        self.position = position
        self.min_position = min_position


class AskedFuture(Exception):
    """Asked as of a time or position that lies ahead: the answer could still change."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A view of the ledger.

    Queries answer as of `position` and `time`; whether the caller may see them at all is judged by
    `now_position` and `now`.
    """

    connection: Connection
    position: int
    time: datetime
    now_position: int
    now: datetime
    _known: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, question: Hashable, ask: Callable[[], T]) -> T:
        """Return the answer to a question that this reading, or one made of it, has asked before; else ask.

        All of it is one transaction, in which the same question has the same answer. The question names everything that
        the answer depends on, the position too where it does; nobody changes an answer.
        """
        if question not in self._known:
            self._known[question] = ask()
        return cast("T", self._known[question])


class Views:
    """The read models, opened for queries; `freshness` is how many seconds a read waits for the head."""

    def __init__(
        self,
        engine: Engine,
        log: EventLog,
        projections: Sequence[Projection],
        clock: Callable[[], datetime],
        freshness: float,
    ) -> None:
        self._engine = engine
        self._log = log
        self._keys = {projection.name: projection.key for projection in projections}
        self._clock = clock
        self._freshness = freshness

    @contextmanager
    def read(
        self,
        *names: str,
        as_of: datetime | None = None,
        as_of_position: int | None = None,
        min_position: int | None = None,
        wait: float = 0,
        newest: float | None = None,
    ) -> Iterator[Reading]:
        """Open the named read models; raise `NotYet` or `AskedFuture` when they cannot answer what is asked.

        A plain read serves what is there when the read models do not reach the head in time. Whoever must not be served
        anything older gives in `newest` the seconds that reaching the head is worth, and is refused after them.
        """
        head, now = self._log.head(), self._clock()
        if newest is not None and (min_position or 0) <= head:  # what lies ahead is waited for as `wait` says
            min_position, wait = head, max(wait, newest)
        if (as_of is not None and as_of > now) or (as_of_position is not None and as_of_position > head):
            raise AskedFuture(f"now is {now.isoformat()}, position {head}")
        past = as_of is not None or as_of_position is not None
        keys = [self._keys[name] for name in (*names, *([TIMELINE.name] if past else []))]
        with ExitStack() as stack:
            connection, reached = self._begun(stack, keys)
            if reached < max(head, min_position or 0):
                stack.close()  # a transaction sees what there was when it began
                self._await(keys, head, min_position, wait)
                connection, reached = self._begun(stack, keys)
            yield _reading(connection, head, reached, now, as_of, as_of_position)

    def _begun(self, stack: ExitStack, keys: Sequence[str]) -> tuple[Connection, int]:
        """Begin a transaction, and look how far the read models are in it."""
        connection = stack.enter_context(reading(self._engine))
        pin(connection, checkpoints.CHECKPOINTS)
        return connection, _reached(_stands(connection, keys))

    def _await(self, keys: Sequence[str], head: int, min_position: int | None, wait: float) -> None:
        self._wait(keys, head, self._freshness)
        if min_position is not None and (reached := self._wait(keys, min_position, wait)) < min_position:
            raise NotYet(reached, min_position)

    def _wait(self, keys: Sequence[str], target: int, seconds: float) -> int:
        """Wait until all have reached `target`, but not for one that has failed; return how far they are."""
        deadline = time.monotonic() + seconds
        while True:
            with reading(self._engine) as connection:
                stands = _stands(connection, keys)
            reached = _reached(stands)
            failed = any(stand.error for stand in stands)
            if reached >= target or failed or time.monotonic() >= deadline:
                return reached
            time.sleep(POLL)


def _reading(
    connection: Connection,
    head: int,
    now_position: int,
    now: datetime,
    as_of: datetime | None,
    as_of_position: int | None,
) -> Reading:
    position, moment = now_position, now
    if as_of is not None:
        position, moment = _position_by(connection, as_of, head), as_of
    if as_of_position is not None:
        position, moment = as_of_position, time_at(connection, as_of_position) or now
    if position > now_position:
        raise NotYet(now_position, position)
    return Reading(connection, position, moment, now_position, now)


def _position_by(connection: Connection, as_of: datetime, head: int) -> int:
    """Return the last position recorded by `as_of`; the head while the timeline has not passed `as_of`."""
    latest = time_at(connection, head)
    passed = latest is not None and latest > as_of
    return position_at(connection, as_of) if passed else head


def _reached(stands: Sequence[Checkpoint]) -> int:
    return min(stand.position for stand in stands)


def _stands(connection: Connection, keys: Sequence[str]) -> list[Checkpoint]:
    found = checkpoints.read_all(connection)
    return [found.get(key, Checkpoint()) for key in keys]
