"""What is personal is stored encrypted, reads while its key is there, and is erased without it."""

from __future__ import annotations

import time
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.store import EventStore
from ledger.store.errors import CiphertextBroken
from ledger.store.saves import Save
from ledger.store.vault import FRESH
from tests.store.encrypting import Letter, encrypting, letter

WRITER = UUID(int=7)


@pytest.fixture(params=["memory", "sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def url(request: pytest.FixtureRequest) -> str:
    """The address of a new log, once of each kind."""
    return "memory:" if request.param == "memory" else str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def store(url: str) -> Iterator[EventStore]:
    """A store that encrypts."""
    opened = encrypting(url)
    opened.migrate()
    yield opened
    opened.close()


@pytest.fixture
def elsewhere(database_url: str) -> Iterator[tuple[EventStore, EventStore]]:
    """Two stores over the same log and keys, as two processes have them."""
    one, two = encrypting(database_url), encrypting(database_url)
    one.migrate()
    yield one, two
    one.close()
    two.close()


def stored(store: EventStore) -> StoredEvent:
    """The first event as it lies in the log."""
    return store._log.recorder.select_notifications(1, 1)[0]


def test_it_comes_back_as_it_was_written(store: EventStore) -> None:
    """Text and records, to whoever loads it and to whoever follows the log."""
    mine = letter(WRITER)
    store.record(mine)
    found = store.load(Letter, mine.id)
    assert (found.text, found.pages) == ("Dear Ms Jensen", [{"title": "Regards", "number": 7}])
    ((_, event),) = store.read(0, 10)
    assert event.text == "Dear Ms Jensen"


def test_only_what_is_personal_is_encrypted(store: EventStore) -> None:
    """Everything else stays readable JSON."""
    store.record(letter(WRITER))
    state = stored(store).state
    assert b"Jensen" not in state
    assert b"Regards" not in state
    assert b'"town":"Kiel"' in state
    assert b'"number":7' in state


def test_the_same_text_is_encrypted_differently_each_time(store: EventStore) -> None:
    """Nobody can tell that two letters say the same."""
    store.record(letter(WRITER), letter(WRITER))
    one, two = (
        stored.state.partition(b'"text":')[2].partition(b"}")[0]
        for stored in store._log.recorder.select_notifications(1, 2)
    )
    assert one != two


def test_without_the_key_it_is_erased(store: EventStore) -> None:
    """For good, and only what that key has encrypted."""
    mine, other = letter(WRITER), letter(uuid4())
    store.record(mine, other)
    first = store.destroy_key(WRITER)
    found = store.load(Letter, mine.id)
    assert (found.town, found.text, found.pages) == ("Kiel", "gone", [{"title": "gone", "number": 7}])
    assert store.load(Letter, other.id).text == "Dear Ms Jensen"
    again = store.destroy_key(WRITER)
    assert (first.now, again.now, first.fingerprint) == (True, False, again.fingerprint)


def test_after_an_erasure_nothing_is_kept(store: EventStore) -> None:
    """There is no second key for the same subject: what it writes later is erased at once."""
    store.destroy_key(WRITER)
    late = letter(WRITER, "Too late")
    store.record(late)
    assert store.load(Letter, late.id).text == "gone"


def test_other_processes_learn_of_an_erasure(elsewhere: tuple[EventStore, EventStore]) -> None:
    """Whoever follows the log at once, whoever loads an aggregate within a second."""
    one, two = elsewhere
    mine = letter(WRITER)
    one.record(mine)
    assert two.load(Letter, mine.id).text == "Dear Ms Jensen"
    one.destroy_key(WRITER)
    time.sleep(FRESH)
    assert two.load(Letter, mine.id).text == "gone"


def test_a_follower_is_given_nothing_that_is_certified_as_gone(elsewhere: tuple[EventStore, EventStore]) -> None:
    """It checks its keys behind every batch it reads."""
    one, two = elsewhere
    one.record(letter(WRITER))
    assert two.read(0, 10)[0][1].text == "Dear Ms Jensen"
    one.destroy_key(WRITER)
    assert two.read(0, 10)[0][1].text == "gone"


def test_what_was_moved_is_noticed(store: EventStore) -> None:
    """A encrypted text is bound to its event and its field."""
    store.record(letter(WRITER))
    there = stored(store)
    moved = StoredEvent(uuid4(), there.originator_version, there.topic, there.state)
    with pytest.raises(CiphertextBroken):
        store._log.mapper.to_domain_event(moved)


def test_an_event_from_before_encryption_reads_on(store: EventStore, url: str) -> None:
    """What was recorded in clear stays in clear."""
    mine = letter(WRITER)
    plain = EventStore.open("memory:")
    plain.record(mine)
    assert store._log.mapper.to_domain_event(stored(plain)).text == "Dear Ms Jensen"  # type: ignore[attr-defined]


def test_a_lost_reply_is_found_again(store: EventStore) -> None:
    """Encrypted once, inserted as often as it takes: the bytes are the same each time."""
    mine = [store._log.mapper.to_stored_event(event) for event in letter(WRITER).collect_events()]
    saves = [Save(mine), Save(mine)]
    for save in saves:
        store._committer.commit([save])
    assert [save.result() for save in saves] == [1, 1]
