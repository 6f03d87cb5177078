"""Sealing: an assessment opens when both sides have given theirs, or after 14 days."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.domain.sealing import SEALED_FOR, opens_at
from tests.domain.given import NOON

MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1))  # noqa: DTZ001 - only differences matter


def day(n: int) -> datetime:
    """Return the moment so many days after noon."""
    return NOON + timedelta(days=n)


@pytest.mark.parametrize(
    ("given_on", "counter", "confirmed", "opens"),
    [
        (5, None, 1, 19),  # nobody answers: after 14 days
        (5, 7, 1, 7),  # the other side answers: at that moment
        (5, 3, 1, 5),  # the other side was first: at once
        (5, 30, 1, 19),  # the other side is too late to matter
        (0, None, 4, 18),  # given with the proposal: counted from the confirmation
        (0, 2, 4, 4),  # both before the confirmation: with the confirmation
        (0, 9, 4, 9),
    ],
)
def test_when_it_opens(given_on: int, counter: int | None, confirmed: int, opens: int) -> None:
    """Days after noon: given, answered by the other side, confirmed, and so opened."""
    other = None if counter is None else day(counter)
    assert opens_at(day(given_on), other, day(confirmed)) == day(opens)


def test_it_stays_sealed_while_the_job_is_unconfirmed() -> None:
    """What nobody has agreed to is assessed in silence."""
    assert opens_at(day(0), day(0), None) is None


@given(MOMENTS, st.none() | MOMENTS, MOMENTS)
def test_never_early_never_late(given_at: datetime, counter: datetime | None, confirmed: datetime) -> None:
    """It opens neither before it was given and the job confirmed, nor later than 14 days after."""
    opens = opens_at(given_at, counter, confirmed)
    begin = max(given_at, confirmed)
    assert opens is not None
    assert begin <= opens <= begin + SEALED_FOR


@given(MOMENTS, MOMENTS, MOMENTS)
def test_nobody_reads_the_other_before_giving_his_own(mine: datetime, theirs: datetime, confirmed: datetime) -> None:
    """Within the 14 days, the other's assessment opens only once mine is given."""
    opens = opens_at(theirs, mine, confirmed)
    assert opens is not None
    assert opens >= min(mine, max(theirs, confirmed) + SEALED_FOR)
