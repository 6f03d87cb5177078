"""What is due is listed by the calendar year in which it happened."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ledger.application import keys
from ledger.config import Settings
from ledger.services import build
from ledger.upkeep.retention import due

RECORDED = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(("today", "events"), [(date(2032, 12, 31), 0), (date(2033, 1, 1), 1)])
def test_a_period_begins_when_the_calendar_year_ends(today: date, events: int) -> None:
    """A key of March 2026 is kept for six years from the end of 2026."""
    house = build(Settings(database_url="memory:"), lambda: RECORDED)
    house.migrate()
    keys.issue_first(house.ledger, "first")
    found = {one.entry.years: one for one in due(house.ledger, today)}
    assert found[6].events == events
    assert found[6].oldest == (RECORDED.date() if events else None)
    assert found[10].events == found[8].events == 0
    house.close()
