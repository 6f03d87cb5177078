"""Live read models held against what the log gives."""

from __future__ import annotations

from sqlalchemy import inspect, update

from ledger.subscriptions.comparing import Difference
from ledger.subscriptions.database import writing
from tests.examples import TITLES, titles
from tests.subscriptions.conftest import House


def test_what_was_followed_is_what_the_log_gives(house: House) -> None:
    """Row by row; nothing changes, and nothing is left behind."""
    for mine in house.begin("One", "Two", "Three"):
        mine.rename(title=mine.title.upper(), reason="")
        house.store.record(mine)
    house.follower().catch_up()
    before = house.titles()

    assert house.follower().compare() == []
    assert house.titles() == before
    assert not [name for name in inspect(house.engine).get_table_names() if "rebuild" in name]


def test_every_kind_of_difference_is_told(house: House) -> None:
    """A row that is missing, one too many, and one unlike the log's; with table and key."""
    one, two, three = house.begin("One", "Two", "Three")
    house.follower().catch_up()
    with writing(house.engine) as connection:
        connection.execute(TITLES.delete().where(TITLES.c.title == "One"))
        connection.execute(update(TITLES).where(TITLES.c.title == "Two").values(title="Deux", events=2))
        connection.execute(update(TITLES).where(TITLES.c.title == "Three").values(since_position=99))

    found = house.follower().compare("titles")
    assert {(each.key, each.what) for each in found} == {
        (f"job={one.id}, since_position=1", "is missing"),
        (f"job={two.id}, since_position=2", "differs in title, events"),
        (f"job={three.id}, since_position=3", "is missing"),
        (f"job={three.id}, since_position=99", "should not be there"),
    }
    assert {each.table for each in found} == {"titles_v1"}
    assert isinstance(found[0], Difference)
    assert house.follower().compare("timeline") == []


def test_one_that_is_behind_is_compared_where_it_stands(house: House) -> None:
    """Events that it has not seen yet are no difference."""
    house.begin("One")
    house.follower().catch_up()
    house.begin("Two")
    assert house.follower().compare() == []
    assert house.titles() == [("One", 1)]


def test_a_comparison_bears_that_the_live_ones_go_on(house: House) -> None:
    """They are compared as they stood when it looked."""
    house.begin("One")
    house.follower().catch_up()

    def busy(_done: int, _total: int) -> None:
        house.begin("Two")
        house.follower(titles()).catch_up()

    assert house.follower().compare("titles", progress=busy) == []
