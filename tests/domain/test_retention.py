"""How long which record is kept."""

from __future__ import annotations

import pytest

from ledger.domain.retention import RETENTION, retention_of
from tests.domain.topics import EVENTS


@pytest.mark.parametrize("topic", EVENTS)
def test_every_event_has_a_period_and_a_purpose(topic: str) -> None:
    """None is kept without a reason, or longer than the longest period of commercial law."""
    entry = retention_of(topic)
    assert entry.purpose
    assert entry.law
    assert entry.years in (10, 8, 6)


def test_the_first_entry_that_fits_holds() -> None:
    """What was confirmed is kept longer than what was only proposed, and that longer than what was written."""
    topics = ("collaboration.confirmed", "collaboration.proposed", "collaboration.disputed")
    assert [retention_of(topic).years for topic in topics] == [10, 8, 6]
    assert [entry.years for entry in RETENTION] == [10, 10, 8, 6]
