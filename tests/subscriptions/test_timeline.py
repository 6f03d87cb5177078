"""Which position a moment means."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.timeline import TIMELINE, position_at, time_at
from tests.subscriptions.conftest import House

NOON = datetime(2024, 3, 1, 12, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_time_never_runs_backwards_along_the_log(house: House) -> None:
    """A server whose clock is slow records later, so its event counts as later."""
    times = [NOON, NOON + 2 * SECOND, NOON + SECOND, NOON + 3 * SECOND]
    with writing(house.engine) as connection:
        for place, at in enumerate(times, 1):
            # Positions may leave gaps.
            TIMELINE.handle(connection, Recorded(10 * place, SimpleNamespace(timestamp=at)))

    with reading(house.engine) as connection:
        moments = [NOON - SECOND, NOON, NOON + SECOND, NOON + 2 * SECOND, NOON + 9 * SECOND]
        assert [position_at(connection, moment) for moment in moments] == [0, 10, 10, 30, 40]
        assert time_at(connection, 35) == NOON + 2 * SECOND
        assert time_at(connection, 9) is None
