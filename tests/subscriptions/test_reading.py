"""Reading as of now, as of then, and as of what was just written."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from ledger.subscriptions.reading import AskedFuture, NotYet, Reading, Views
from ledger.subscriptions.timeline import TIMELINE
from ledger.subscriptions.versioning import as_of
from tests.examples import TITLES, Job, titles
from tests.subscriptions.conftest import House


def views(house: House, freshness: float = 0) -> Views:
    """The views over a house, which do not wait unless told so."""
    return Views(house.engine, house.log, [titles(), TIMELINE], lambda: datetime.now(UTC), freshness)


def told(reading: Reading) -> set[str]:
    """The titles as of the reading."""
    found = select(TITLES.c.title).where(as_of(TITLES, reading.position))
    return set(reading.connection.execute(found).scalars())


@pytest.fixture
def renamed(house: House) -> tuple[Job, int, int]:
    """A job begun as "One" and renamed to "Uno", caught up, and both positions."""
    (mine,) = house.begin("One")
    begun = house.store.head()
    mine.rename(title="Uno", reason="")
    head = house.store.record(mine)
    house.follower().catch_up()
    return mine, begun, head


def test_a_plain_reading_is_as_of_now(house: House, renamed: tuple[Job, int, int]) -> None:
    """Both positions are the head, both times the present."""
    with views(house).read("titles") as reading:
        assert told(reading) == {"Uno"}
        assert reading.position == reading.now_position == renamed[2]
        assert reading.time == reading.now


def test_the_past_is_read_by_position(house: House, renamed: tuple[Job, int, int]) -> None:
    """The answer is the one of then; the right to see it is judged now."""
    mine, begun, head = renamed
    with views(house).read("titles", as_of_position=begun) as reading:
        assert told(reading) == {"One"}
        assert (reading.position, reading.now_position, reading.time) == (begun, head, mine.created_on)
    with views(house).read("titles", as_of_position=0) as reading:
        assert told(reading) == set()


def test_the_past_is_read_by_time(house: House, renamed: tuple[Job, int, int]) -> None:
    """A moment means the last position that was recorded by then."""
    mine, begun, _ = renamed
    with views(house).read("titles", as_of=mine.created_on) as reading:
        assert (told(reading), reading.position, reading.time) == ({"One"}, begun, mine.created_on)
    with views(house).read("titles", as_of=mine.created_on - timedelta(seconds=1)) as reading:
        assert (told(reading), reading.position) == (set(), 0)
    with views(house).read("titles", as_of=datetime.now(UTC)) as reading:
        assert told(reading) == {"Uno"}


def test_the_future_cannot_be_asked(house: House, renamed: tuple[Job, int, int]) -> None:
    """Neither by time nor by position, for the answer could still change."""
    with pytest.raises(AskedFuture), views(house).read("titles", as_of=datetime.now(UTC) + timedelta(1)):
        pass
    with pytest.raises(AskedFuture), views(house).read("titles", as_of_position=renamed[2] + 1):
        pass


def test_a_past_that_the_views_have_not_reached_is_not_made_up(house: House) -> None:
    """An answer as of then would lack what was recorded by then."""
    house.begin("One")

    with pytest.raises(NotYet), views(house).read("titles", as_of=datetime.now(UTC)):
        pass
    with pytest.raises(NotYet), views(house).read("titles", as_of_position=house.store.head()):
        pass


def test_a_plain_reading_serves_what_is_there(house: House) -> None:
    """When the views do not reach the head in time, it says where they stand."""
    house.begin("One")
    with views(house, freshness=0.02).read("titles") as reading:
        assert (told(reading), reading.position) == (set(), 0)


def test_a_plain_reading_waits_for_what_is_on_its_way(house: House) -> None:
    """Whoever has just written finds it there."""
    house.begin("One")
    late = threading.Timer(0.05, house.follower().catch_up)
    late.start()
    with views(house, freshness=5).read("titles") as reading:
        assert told(reading) == {"One"}
    late.join()


def test_a_position_is_worth_a_wait(house: House) -> None:
    """With `wait` the reading begins when the views have come as far."""
    house.begin("One")
    head = house.store.head()
    late = threading.Timer(0.05, house.follower().catch_up)
    late.start()
    with views(house).read("titles", min_position=head, wait=5) as reading:
        assert reading.position >= head
    late.join()


def test_a_position_out_of_reach_is_not_yet(house: House, renamed: tuple[Job, int, int]) -> None:
    """The error says how far the views are."""
    with pytest.raises(NotYet) as not_yet, views(house).read("titles", min_position=99, wait=0.02):
        pass
    assert (not_yet.value.position, not_yet.value.min_position) == (renamed[2], 99)


def test_nobody_waits_for_a_projection_that_has_failed(house: House) -> None:
    """It would only make every reading slow."""

    def stumble(*_: object) -> None:
        raise LookupError

    (mine,) = house.begin("One")
    mine.rename(title="Uno", reason="")
    house.store.record(mine)
    house.follower(titles(renamed=stumble)).catch_up()
    with views(house, freshness=600).read("titles") as reading:
        assert told(reading) == {"One"}


def test_a_reading_sees_one_state_from_beginning_to_end(house: House) -> None:
    """What is applied meanwhile does not show in its second query."""
    house.begin("One")
    house.follower().catch_up()
    with views(house).read("titles") as reading:
        before = reading.connection.execute(select(TITLES)).all()
        house.begin("Two")
        house.follower().catch_up()
        assert reading.connection.execute(select(TITLES)).all() == before


def test_a_reading_asks_each_question_once(house: House, renamed: tuple[Job, int, int]) -> None:
    """Also when it is read as of then; another reading asks again."""
    asked: list[str] = []

    def ask() -> int:
        asked.append("?")
        return len(asked)

    for answer in (1, 2):
        with views(house).read("titles") as reading:
            then = replace(reading, position=renamed[1])
            assert [one.once("how many", ask) for one in (reading, then, reading)] == [answer] * 3
