"""The agenda: stories that take turns in the order of time, each saying when it goes on."""

from __future__ import annotations

import heapq
from collections.abc import Generator
from datetime import date, datetime
from itertools import count
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    from ledger.demo.clock import SimulatedClock

# A story yields the moment at which it wants to go on. What is not over at the end stays as it is: proposals
# without an answer, assessments that are still sealed.
Story: TypeAlias = Generator[datetime, None, Any]


class Agenda:
    """Runs stories against one clock; at the same moment, who was entered first comes first."""

    def __init__(self, clock: SimulatedClock, end: datetime) -> None:
        self.clock = clock
        self.end = end
        self._waiting: list[tuple[datetime, int, Story]] = []
        self._numbers = count()

    def enter(self, at: datetime, story: Story) -> None:
        """Let a story begin at this moment."""
        heapq.heappush(self._waiting, (at, next(self._numbers), story))

    def run(self, dawned: Callable[[date], None]) -> None:
        """Run until the end, and tell `dawned` of every day on which something happens."""
        while self._waiting and self._waiting[0][0] < self.end:
            at, _, story = heapq.heappop(self._waiting)
            if at.date() > self.clock().date():
                dawned(at.date())
            self.clock.advance(at)
            again = next(story, None)
            if again is not None:
                self.enter(again, story)
