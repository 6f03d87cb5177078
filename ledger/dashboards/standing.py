"""What the as-of line of a page says: which event it is true for, what is missing, whether the log is as signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ledger.web.house import house

if TYPE_CHECKING:
    from datetime import datetime

    from ledger.subscriptions.reading import Reading


@dataclass(frozen=True, slots=True)
class Standing:
    """The stand of a page: `behind` events of the log are not in it yet."""

    position: int
    time: datetime
    past: bool
    behind: int
    alarm: str | None

    @property
    def stale(self) -> bool:
        """Whether the page shows less than is known, though nobody asked for the past."""
        return self.behind > 0 and not self.past


def standing(reading: Reading) -> Standing:
    """Return the stand of a reading."""
    here = house()
    head = here.ledger.head()
    return Standing(
        position=reading.position,
        time=reading.time,
        past=reading.position < reading.now_position,
        behind=head - reading.now_position,
        alarm=here.seals.alarm(),
    )
