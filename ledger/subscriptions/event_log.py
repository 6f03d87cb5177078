"""The log as read models see it: events at rising positions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event and its place in the log."""

    position: int
    event: Any

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, UTC."""
        at: datetime = self.event.timestamp
        return at


class EventLog(Protocol):
    """Positions rise but may leave gaps; what comes later stands behind what was read."""

    def head(self) -> int:
        """Return the last position, 0 when nothing is recorded."""

    def read(self, after: int, limit: int) -> Sequence[Recorded]:
        """Return at most `limit` events behind `after`, in order."""
