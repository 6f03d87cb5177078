"""Catching up: reads the log in batches and brings projections to its head."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from sqlalchemy import Engine

from ledger.subscriptions import checkpoints
from ledger.subscriptions.applying import apply
from ledger.subscriptions.checkpoints import Checkpoint
from ledger.subscriptions.database import is_trouble, reading
from ledger.subscriptions.event_log import EventLog, Recorded
from ledger.subscriptions.holding import Held
from ledger.subscriptions.pace import Pace
from ledger.subscriptions.projection import Projection
from ledger.traces.spans import span

T = TypeVar("T")
Progress = Callable[[int, int], None]

logger = logging.getLogger(__name__)

# Seconds of pause after a first, a second … failure in a row.
BACK_OFF = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)

# Keys of rows that are known from one transaction to the next, of each projection.
KEPT = 20_000

# How often one pass tries again when the database is in trouble, before it gives up.
ATTEMPTS = 5


class Gone(LookupError):
    """A projection has no checkpoint: its tables were never made, or somebody took them away."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a projection stands, how many positions behind the head, and what it stumbled over."""

    key: str
    position: int
    lag: int
    error: str | None = None
    error_position: int | None = None


class CatchingUp:
    """Some projections of one log; whoever else brings them forward, each event is applied once."""

    def __init__(
        self,
        log: EventLog,
        engine: Engine,
        projections: Iterable[Projection],
        pace: Pace | None = None,
        rest: Callable[[float], None] = lambda _seconds: None,
        *,
        alone: bool = False,
    ) -> None:
        """`rest` is called after each transaction, with the seconds that it took.

        Who is `alone` in writing to these tables need not read again what it has read or written before.
        """
        self._log = log
        self._engine = engine
        self.projections = {projection.key: projection for projection in projections}
        self._pace = pace or Pace()
        self._rest = rest
        self._alone = alone
        self._kept: dict[str, Held] = {}
        self._failures: dict[str, int] = {}
        self._resume_at: dict[str, float] = {}

    def pass_over(self, moving: set[str], progress: Progress | None = None) -> int:
        """Bring these to the present head; one whose handler raises stops alone. Return events applied."""
        applied, head = 0, self._log.head()
        missing = self._missing(moving, head) if progress else 0
        while (events := patiently(partial(self._step, moving, head))) is not None:
            applied += events
            if progress is not None:
                progress(applied, missing)
        return applied

    def _missing(self, moving: set[str], head: int) -> int:
        """Return how many positions these are behind, together."""
        found = self.checkpoints()
        return sum(max(0, head - found.get(key, Checkpoint()).position) for key in moving)

    def due(self) -> set[str]:
        """Return the projections whose pause after a failure is over, and all that have not failed."""
        now = time.monotonic()
        return {key for key in self.projections if key not in self._failures or self._resume_at[key] <= now}

    def stand(self) -> list[Stand]:
        """Return where each projection stands."""
        head = self._log.head()
        found = self.checkpoints()
        return [_stand(key, found.get(key, Checkpoint()), head) for key in self.projections]

    def checkpoints(self) -> dict[str, Checkpoint]:
        """Return every checkpoint there is."""
        with reading(self._engine) as connection:
            return checkpoints.read_all(connection)

    def _step(self, moving: set[str], head: int) -> int | None:
        """Move those that stand furthest back by one batch, read once; None when all are at the head."""
        found = self.checkpoints()
        if gone := moving - found.keys():
            raise Gone(", ".join(sorted(gone)))
        behind = {key: found[key].position for key in moving if found[key].position < head}
        position = min(behind.values(), default=head)
        events = self._log.read(position, self._pace.size) if behind else []
        if not events:
            return None
        applied, longest = 0, 0.0
        for key in [key for key in behind if behind[key] == position]:
            began = time.monotonic()
            applied += self._advance(key, position, events, moving)
            took = time.monotonic() - began
            longest = max(longest, took)
            self._rest(took)
        self._pace.took(len(events), longest)
        return applied

    def _known(self, key: str) -> Held:
        kept = self._kept.get(key)
        if kept is None or not self._alone or kept.size() > KEPT:
            kept = self._kept[key] = Held()
        return kept

    def _advance(self, key: str, position: int, events: Sequence[Recorded], moving: set[str]) -> int:
        with span("project", projection=key, events=len(events)):
            applied = apply(self._engine, self.projections[key], position, events, self._known(key))
        if applied.failed:
            moving.discard(key)
            self._failures[key] = self._failures.get(key, 0) + 1
            self._resume_at[key] = time.monotonic() + pause(self._failures[key])
            logger.error("Projection %s stopped at an event; see its checkpoint.", key)
        elif applied.events:
            self._failures.pop(key, None)
        return applied.events


def patiently(step: Callable[[], T], trouble: Callable[[Exception], bool] = is_trouble) -> T:
    """Take a step, again when the database is in trouble: what it had begun was rolled back."""
    for failures in range(1, ATTEMPTS):
        try:
            return step()
        except Exception as error:
            if not trouble(error):
                raise
            time.sleep(pause(failures))
    return step()


def pause(failures: int) -> float:
    """Return the seconds of pause after so many failures in a row."""
    return BACK_OFF[min(failures, len(BACK_OFF)) - 1]


def _stand(key: str, found: Checkpoint, head: int) -> Stand:
    return Stand(key, found.position, max(0, head - found.position), found.error, found.error_position)
