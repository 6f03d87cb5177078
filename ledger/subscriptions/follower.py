"""The catch-up loop: reads the log in batches and brings every projection to its head."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.applying import apply
from ledger.subscriptions.checkpoints import Checkpoint
from ledger.subscriptions.database import is_trouble, migrating, reading
from ledger.subscriptions.event_log import EventLog, Recorded
from ledger.subscriptions.projection import Projection

T = TypeVar("T")

logger = logging.getLogger(__name__)

# Seconds of pause after a first, a second … failure in a row.
BACK_OFF = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

# How often one pass tries again when the database is in trouble, before it gives up.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a projection stands, how many positions behind the head, and what it stumbled over."""

    key: str
    position: int
    lag: int
    error: str | None = None
    error_position: int | None = None


class Follower:
    """Keeps projections up to date; any number of followers, in any processes, may do so together."""

    def __init__(self, log: EventLog, engine: Engine, projections: Sequence[Projection], batch: int = 500) -> None:
        self._log = log
        self._engine = engine
        self._projections = {projection.key: projection for projection in projections}
        self._batch = batch
        self._failures: dict[str, int] = {}
        self._resume_at: dict[str, float] = {}

    def catch_up(self, progress: Callable[[int, int], None] | None = None) -> int:
        """Bring every projection to the present head, also one that failed before; return events applied.

        One whose handler raises stops, is marked, and lets the others go on. Raises only what the log raises,
        or when the database stays in trouble. `progress` hears how many events were applied, and of how many.
        """
        return self._catch_up(set(self._projections), progress)

    def run(self, stop: threading.Event, poll: float) -> None:
        """Follow the log until `stop`, looking every `poll` seconds; outlive outages of either database."""
        outages = 0
        while not stop.wait(pause(outages) if outages else poll):
            try:
                self._catch_up(self._due())
                outages = 0
            except Exception:  # whatever it is, the next pass may succeed
                outages += 1
                logger.warning("Following the log was interrupted; trying again.", exc_info=True)

    def stand(self) -> list[Stand]:
        """Return where each projection stands."""
        head = self._log.head()
        found = self._checkpoints()
        return [_stand(key, found.get(key, Checkpoint()), head) for key in self._projections]

    def rebuild(self, name: str, progress: Callable[[int, int], None]) -> None:
        """Empty one projection's tables and replay the log into them; `progress` hears position and head."""
        projection = next(p for p in self._projections.values() if p.name == name)
        with migrating(self._engine) as connection:
            projection.metadata.drop_all(connection)
            projection.metadata.create_all(connection)
            checkpoints.clear(connection, projection.key)
        head = self._log.head()
        moving = {projection.key}
        while self._patiently(partial(self._step, moving, head)) is not None:
            progress(self._checkpoints()[projection.key].position, head)

    def _catch_up(self, moving: set[str], progress: Callable[[int, int], None] | None = None) -> int:
        applied, head = 0, self._log.head()
        while (events := self._patiently(partial(self._step, moving, head))) is not None:
            applied += events
            if progress is not None:
                progress(applied, head * len(moving))
        return applied

    def _step(self, moving: set[str], head: int) -> int | None:
        """Move those that stand furthest back by one batch, read once; None when all are at the head."""
        found = self._checkpoints()
        behind = {key: found[key].position for key in moving if found[key].position < head}
        position = min(behind.values(), default=head)
        events = self._log.read(position, self._batch) if behind else []
        if not events:
            return None
        return sum(self._advance(key, position, events, moving) for key in behind if behind[key] == position)

    def _advance(self, key: str, position: int, events: Sequence[Recorded], moving: set[str]) -> int:
        applied = apply(self._engine, self._projections[key], position, events)
        if applied.failed:
            moving.discard(key)
            self._failures[key] = self._failures.get(key, 0) + 1
            self._resume_at[key] = time.monotonic() + pause(self._failures[key])
            logger.error("Projection %s stopped at an event; see its checkpoint.", key)
        elif applied.events:
            self._failures.pop(key, None)
        return applied.events

    def _due(self) -> set[str]:
        """Return the projections whose pause after a failure is over, and all that have not failed."""
        now = time.monotonic()
        return {key for key in self._projections if key not in self._failures or self._resume_at[key] <= now}

    def _checkpoints(self) -> dict[str, Checkpoint]:
        with reading(self._engine) as connection:
            return checkpoints.read_all(connection)

    def _patiently(self, step: Callable[[], T]) -> T:
        """Take a step, again when the database is in trouble: what it had begun was rolled back."""
        for failures in range(1, ATTEMPTS):
            try:
                return step()
            except Exception as error:
                if not is_trouble(error):
                    raise
                time.sleep(pause(failures))
        return step()


def migrate(engine: Engine, projections: Sequence[Projection]) -> None:
    """Create the tables and checkpoints that are missing; racing processes do not hurt each other."""
    with migrating(engine) as connection:
        checkpoints.METADATA.create_all(connection)
        for projection in projections:
            projection.metadata.create_all(connection)
            checkpoints.begin(connection, projection.key)


def pause(failures: int) -> float:
    """Return the seconds of pause after so many failures in a row."""
    return BACK_OFF[min(failures, len(BACK_OFF)) - 1]


def _stand(key: str, found: Checkpoint, head: int) -> Stand:
    return Stand(key, found.position, max(0, head - found.position), found.error, found.error_position)
