"""What has been kept for as long as it must be: listed, and never deleted by itself."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.domain.retention import RETENTION, retention_of

if TYPE_CHECKING:
    from datetime import date

    from ledger.application.ledger import Ledger
    from ledger.domain.retention import Retention

BATCH = 500


@dataclass(frozen=True, slots=True)
class Due:
    """How many events of an entry are older than its period, and the oldest business date of all of them."""

    entry: Retention
    events: int
    oldest: date | None


def due(ledger: Ledger, today: date) -> list[Due]:
    """Read the whole log, and return for each entry what is due today."""
    found: dict[Retention, list[date]] = {entry: [] for entry in RETENTION}
    position = 0
    while batch := ledger.store.read(position, BATCH):
        position = batch[-1][0]
        for _, event in batch:
            if is_due(event, today):
                found[retention_of(event.TOPIC)].append(event.happened_on)
    return [Due(entry, len(days), min(days, default=None)) for entry, days in found.items()]


def is_due(event: Any, today: date) -> bool:
    """Tell whether the period has passed, which begins when the calendar year of the record ends."""
    last_year: int = event.happened_on.year + retention_of(event.TOPIC).years
    return today.year > last_year
