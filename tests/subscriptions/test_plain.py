"""Values in JSON."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from uuid import UUID

from ledger.subscriptions.plain import plain


def test_values_are_made_of_json_types() -> None:
    """Ids, dates, moments and decimals become text, at any depth."""
    id_ = UUID(int=1)
    value = {"ids": (id_,), "on": date(2026, 3, 2), "amount": Decimal("1.50"), "none": None, "yes": True, "n": 3}
    assert plain(value) == {
        "ids": [str(id_)],
        "on": "2026-03-02",
        "amount": "1.50",
        "none": None,
        "yes": True,
        "n": 3,
    }


def test_moments_are_told_in_utc() -> None:
    """A moment of another zone is shown in UTC with Z."""
    summer = timezone(timedelta(hours=2))
    assert plain(datetime(2026, 7, 1, 12, tzinfo=summer)) == "2026-07-01T10:00:00Z"
    assert plain(datetime(2026, 7, 1, 12, 0, 0, 5, tzinfo=UTC)) == "2026-07-01T12:00:00.000005Z"
