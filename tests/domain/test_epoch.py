"""Epochs: closed at one moment, for one network."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from uuid import UUID

from ledger.domain.actor import OPERATOR
from ledger.domain.epoch import Epoch
from ledger.domain.event import stamp
from tests.domain.given import NETWORK, NOON, happened, last

FLENSBURG = timezone(timedelta(hours=2))


def test_an_epoch_belongs_to_its_network() -> None:
    """Whoever closes it: the operator has no network of its own."""
    epoch = Epoch.close(UUID(int=800), stamp(OPERATOR, NOON), NETWORK, digest="d")
    assert happened(epoch) == ["Closed"]
    event = last(epoch)
    assert (event.network_id, event.actor, event.timestamp) == (NETWORK, "operator:", NOON)
    assert (epoch.network_id, epoch.closed_on, epoch.digest) == (NETWORK, date(2026, 11, 10), "d")


def test_its_day_is_that_of_closing() -> None:
    """Evidence is aged to the day of recording, whatever business date a command was stamped with."""
    earlier = stamp(OPERATOR, NOON, happened_on=date(2026, 11, 2))
    assert last(Epoch.close(UUID(int=800), earlier, NETWORK)).happened_on == date(2026, 11, 10)


def test_days_are_counted_in_utc() -> None:
    """One day for all networks, wherever the clock that stamped it stands."""
    early = datetime(2026, 7, 2, 1, 30, tzinfo=FLENSBURG)
    assert Epoch.close(UUID(int=800), stamp(OPERATOR, early), NETWORK).closed_on == date(2026, 7, 1)
    assert Epoch.close(UUID(int=801), stamp(OPERATOR, early.astimezone(UTC)), NETWORK).closed_on == date(2026, 7, 1)
