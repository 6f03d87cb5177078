"""Filling is repeatable, told of as it goes on, and refused where something is recorded."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime

import pytest

from ledger.application import accounts, keys
from ledger.application.ledger import Ledger, utc_now
from ledger.demo import SMALL, fill
from ledger.demo.clock import years_before
from ledger.domain.actor import Actor, Position, Role
from ledger.domain.errors import Conflict
from ledger.domain.key import key_id
from ledger.store.event_store import EventStore
from tests.demo.filled import SECRETIVE, UNTIL, filled, small, told
from tests.house.tree import ROOT

DIGEST = """
import hashlib
from tests.demo.filled import filled, told
print(hashlib.sha256(repr(told(filled().events)).encode()).hexdigest())
"""


def test_same_seed_same_events() -> None:
    """Two fillings of the same seed and end tell the same, event by event."""
    assert told(filled().events) == told(small().events)


def test_another_seed_tells_another_story() -> None:
    """The seed decides."""
    assert told(filled(seed=7).events) != told(small().events)


def test_order_of_hashes_does_not_matter() -> None:
    """Processes that hash texts differently tell the same."""
    digests = {
        subprocess.run(
            [sys.executable, "-c", DIGEST],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(digests) == 1


def test_recorded_in_order_within_five_years() -> None:
    """The time of recording never goes back, begins five years before the end and stops short of it."""
    moments = [event.timestamp for event in small().events if not type(event).TOPIC.startswith(SECRETIVE)]
    assert moments == sorted(moments)
    assert moments[0].date() >= years_before(UNTIL, 5)
    assert moments[-1] < datetime(UNTIL.year, UNTIL.month, UNTIL.day, tzinfo=UTC)


def test_leap_day_has_a_day_five_years_before() -> None:
    """A demonstration may end on 29 February."""
    assert years_before(date(2028, 2, 29), 5) == date(2023, 2, 28)


def test_filled_ledger_is_refused() -> None:
    """Whatever is recorded already stays the only thing in its ledger."""
    store = EventStore.open("memory:")
    keys.issue_first(Ledger(store, utc_now), "first")
    with pytest.raises(Conflict, match="only an empty ledger"):
        fill(store, until=UNTIL, size=SMALL)
    assert store.head() == 1


def test_progress_is_told_in_days() -> None:
    """The caller hears of every day on which something happened, up to the last."""
    told_days: list[tuple[int, int]] = []
    fill(EventStore.open("memory:"), until=UNTIL, size=SMALL, progress=lambda *days: told_days.append(days))
    assert told_days == sorted(set(told_days))
    assert told_days[-1] == (1826, 1826)


def test_records_on_sqlite(sqlite_url: str) -> None:
    """A file tells the same story as memory."""
    store = EventStore.open(sqlite_url)
    store.migrate()
    fill(store, until=UNTIL, size=SMALL)
    assert told([event for _, event in store.read(0, 100_000)]) == told(small().events)
    store.close()


def test_keys_open() -> None:
    """Every key that is handed back opens for its holder."""
    store, given = small().store, small().demonstration
    ledger = Ledger(store, utc_now)
    assert keys.holder_of(ledger, key_id(given.keys.operator)) == Actor(Role.OPERATOR)
    assert keys.holder_of(ledger, key_id(given.keys.coordinator)) == Actor(
        Role.COORDINATOR, given.network, given.network
    )
    for bank, key in given.keys.banks.items():
        assert keys.holder_of(ledger, key_id(key)) == Actor(Role.BANK, bank)
    for firm, key in given.keys.firms.items():
        assert keys.holder_of(ledger, key_id(key)) == Actor(Role.FIRM, firm, given.network)


def test_people_sign_in() -> None:
    """Every password that is handed back opens its account, for the firm, the bank or the office that it says."""
    ledger, given = Ledger(small().store, utc_now), small().demonstration
    found = [accounts.sign_in(ledger, login.email, login.password).actor for login in given.logins]
    holders = [given.network, given.story.bank, *[given.story.subcontractor] * 2, given.story.contractor]
    assert [actor.subject for actor in found] == holders
    assert [actor.position for actor in found[2:4]] == [Position.OWNER, Position.CLERK]
