"""What every store promises, whatever it is made of."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from eventsourcing.persistence import StoredEvent

from ledger.store import EventStore, NotRecorded, VersionTaken
from tests.examples import Job, Other, job, other


def test_an_aggregate_comes_back_as_it_was_recorded(store: EventStore) -> None:
    """Dates, decimals and ids survive; the version counts the events."""
    mine = job("Turning")
    mine.rename(title="Milling", reason="misheard")
    store.record(mine)

    found = store.load(Job, mine.id)

    assert (found.title, found.on, found.price) == ("Milling", date(2024, 3, 1), Decimal("12.50"))
    assert (found.version, str(found.price)) == (2, "12.50")


def test_an_earlier_version_can_be_loaded(store: EventStore) -> None:
    """The past is a version; one that is not there yet is not recorded."""
    mine = job("Turning")
    mine.rename(title="Milling", reason="misheard")
    store.record(mine)

    assert store.load(Job, mine.id, version=1).title == "Turning"
    with pytest.raises(NotRecorded):
        store.load(Job, mine.id, version=3)


def test_what_is_not_recorded_cannot_be_loaded(store: EventStore) -> None:
    """An unknown id, and the id of an aggregate of another class, are the same to the caller."""
    thing = other(uuid4())
    store.record(thing)

    for id_ in (uuid4(), thing.id):
        with pytest.raises(NotRecorded):
            store.load(Job, id_)
    assert store.load(Other, thing.id).id == thing.id


def test_a_version_can_be_asked_for_alone(store: EventStore) -> None:
    """It is that of the newest event, whoever recorded it, and 0 where nothing is recorded."""
    mine = job("Turning")
    store.record(mine)
    assert (store.version_of(uuid4()), store.version_of(mine.id)) == (0, 1)

    mine.rename(title="Milling", reason="misheard")
    store.record(mine)
    assert store.version_of(mine.id) == 2


def test_positions_rise_and_the_head_is_the_last(store: EventStore) -> None:
    """An empty log stands at 0; recording returns the position of its last event."""
    assert store.head() == 0
    first = store.record(job())
    second = store.record(job(), job())

    assert 0 < first < second == store.head()
    assert store.record() == second


def test_the_log_is_read_in_order_from_any_position(store: EventStore) -> None:
    """Reading on from the last position read gives every event once."""
    for number in range(5):
        store.record(job(str(number)))

    first = store.read(0, 2)
    rest = store.read(first[-1][0], 10)

    assert [event.title for _, event in first + rest] == ["0", "1", "2", "3", "4"]
    assert store.read(store.head(), 10) == []


def test_the_log_is_read_at_single_positions(store: EventStore) -> None:
    """In its order, near ones and far ones, each once; a position without an event is left out."""
    positions = [store.record(job()) for _ in range(60)]
    wanted = [positions[n] for n in (57, 3, 4, 30, 3)]

    assert [position for position, _ in store.read_at([*wanted, positions[-1] + 9])] == sorted(set(wanted))
    assert store.read_at([]) == []


def test_the_same_version_is_recorded_once(store: EventStore) -> None:
    """Of two who changed the same version, the second hears so and nothing of it is recorded."""
    mine = job()
    store.record(mine)
    one, two = store.load(Job, mine.id), store.load(Job, mine.id)
    one.rename(title="One", reason="")
    two.rename(title="Two", reason="")
    head = store.record(one)

    with pytest.raises(VersionTaken) as taken:
        store.record(job(), two)

    assert taken.value.originator_id == mine.id
    assert (store.load(Job, mine.id).title, store.head()) == ("One", head)


def test_the_same_id_is_begun_once(store: EventStore) -> None:
    """Two aggregates of one id collide in the store itself: this is what idempotency rests on."""
    mine = job()
    store.record(mine)

    with pytest.raises(VersionTaken):
        store.record(job(id=mine.id))


def test_several_aggregates_are_recorded_together_or_not_at_all(store: EventStore) -> None:
    """One that collides takes the others with it."""
    mine = job()
    store.record(mine)
    before, new = store.head(), job()

    with pytest.raises(VersionTaken):
        store.record(new, job(id=mine.id))

    assert store.head() == before
    with pytest.raises(NotRecorded):
        store.load(Job, new.id)


def test_an_event_of_an_old_shape_is_read_in_todays(store: EventStore) -> None:
    """What was recorded before a field existed is upcast, by load and by read."""
    mine = job()
    store.record(mine)
    state = b'{"timestamp":{"_type_":"datetime_iso","_data_":"2024-03-02T00:00:00+00:00"},"title":"Old"}'
    store._log.recorder.insert_events([StoredEvent(mine.id, 2, "example.job.renamed", state)])

    assert store.load(Job, mine.id).reason == "not given"
    assert store.read(0, 10)[-1][1].reason == "not given"


@pytest.mark.parametrize("url", ["", "mysql://here/ledger", "sqlite://relative.db"])
def test_an_address_of_no_known_database_is_refused(url: str) -> None:
    """The error names the addresses that work."""
    with pytest.raises(ValueError, match="sqlite:///path"):
        EventStore.open(url)
