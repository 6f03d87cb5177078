"""Catching up: everything once, whoever takes part and whatever breaks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import Column, Connection, Integer, MetaData, Table, delete, select

from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.follower import Follower, migrate
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.timeline import TIMELINE
from tests.examples import TITLES, Job, StoreLog, note_title, titles
from tests.postgresql_server import PostgreSQLServer
from tests.subscriptions.conftest import House

FOLLOWERS, JOBS = 4, 150

# Rows with keys of their own refuse to come twice; a sum would not notice.
TALLY_METADATA = MetaData()
TALLY_TABLE = Table(
    "tally_v1",
    TALLY_METADATA,
    Column("id", Integer, primary_key=True),
    Column("events", Integer, nullable=False),
)


def _count(connection: Connection, _: Recorded) -> None:
    if connection.execute(TALLY_TABLE.update().values(events=TALLY_TABLE.c.events + 1)).rowcount == 0:
        connection.execute(TALLY_TABLE.insert().values(id=1, events=1))


TALLY = Projection("tally", 1, TALLY_METADATA, {}, every=_count)


def test_four_racing_followers_apply_each_event_once(house: House, open_house: Callable[[], House]) -> None:
    """Events come in while all of them catch up, whoever leads; small batches make them meet often."""
    projections, stop = (titles(), TALLY), threading.Event()
    migrate(house.engine, projections)
    with ThreadPoolExecutor(FOLLOWERS) as threads:
        others = [open_house().follower(*projections, batch=7) for _ in range(FOLLOWERS)]
        runs = [threads.submit(_keep_catching_up, other, stop) for other in others]
        for number in range(JOBS):
            house.begin(f"{number:03}")
        _until(lambda: all(stand.lag == 0 for stand in house.follower(*projections).stand()))
        stop.set()
        for run in runs:
            run.result()

    assert house.titles() == [(f"{number:03}", 1) for number in range(JOBS)]
    with reading(house.engine) as connection:
        assert connection.execute(select(TALLY_TABLE.c.events)).scalar_one() == JOBS


def test_catching_up_counts_what_it_applied(house: House) -> None:
    """Each projection has every event; a second pass has nothing to do."""
    house.begin("Turning", "Milling")
    follower = house.follower()

    assert follower.catch_up() == 4
    assert follower.catch_up() == 0


def test_one_follower_leads(house: House, open_house: Callable[[], House]) -> None:
    """The others wait; when it ends, another takes over."""
    first, second = threading.Event(), threading.Event()
    passes: list[int] = []
    with ThreadPoolExecutor(2) as threads:
        runs = [threads.submit(_noting(house.follower(), passes, 1).run, first, 0.005)]
        _until(lambda: 1 in passes)
        runs.append(threads.submit(_noting(open_house().follower(), passes, 2).run, second, 0.005))
        house.begin("One")
        _until(lambda: len(house.titles()) == 1)
        time.sleep(0.3)
        assert set(passes) == {1}
        first.set()
        _until(lambda: 2 in passes)
        house.begin("Two")
        _until(lambda: len(house.titles()) == 2)
        second.set()
        for run in runs:
            run.result()


def test_events_without_a_handler_are_passed_over(house: House) -> None:
    """The checkpoint moves past them."""
    (mine,) = house.begin("Turning")
    mine.end()
    head = house.store.record(mine)
    house.follower().catch_up()

    assert [stand.position for stand in house.follower().stand()] == [head, head]
    assert house.titles() == [("Turning", 1)]


def test_a_failing_handler_stops_its_own_projection_alone(house: House) -> None:
    """It shows where and why; what came before the event stands, what comes behind waits."""
    one, two = house.begin("One", "Two")
    one.rename(title="Uno", reason="")
    bad = house.store.record(one)
    house.begin("Three")
    follower = house.follower(titles(renamed=_stumble), TIMELINE)
    follower.catch_up()
    stumbled, timeline = follower.stand()

    assert (timeline.lag, timeline.error) == (0, None)
    assert (stumbled.position, stumbled.error_position) == (bad - 1, bad)
    assert stumbled.error == "LookupError: no such title"
    assert house.titles() == [("One", 1), ("Two", 1)]
    assert two.id != one.id


def test_a_mended_handler_goes_on_where_it_stopped(house: House) -> None:
    """And the error is gone from its stand."""
    (mine,) = house.begin("One")
    mine.rename(title="Uno", reason="")
    house.store.record(mine)
    house.follower(titles(renamed=_stumble)).catch_up()

    assert house.follower().catch_up() == 3  # one title, two moments of the timeline
    assert house.titles() == [("One", 1), ("Uno", 2)]
    assert {(stand.lag, stand.error) for stand in house.follower().stand()} == {(0, None)}


def test_a_handler_that_fails_for_a_while_recovers_by_itself(house: House) -> None:
    """The running loop tries again with a growing pause."""
    (mine,) = house.begin("One")
    mine.rename(title="Uno", reason="")
    house.store.record(mine)
    patience = [True] * 3

    def sometimes(connection: Connection, recorded: Recorded) -> None:
        if patience:
            patience.pop()
            raise LookupError
        note_title(connection, recorded)

    with _running(house.follower(titles(renamed=sometimes))):
        _until(lambda: house.titles() == [("One", 1), ("Uno", 2)])


def test_a_rebuild_gives_the_rows_that_were_there(house: House) -> None:
    """The same events give the same rows; progress is told up to the head."""
    for mine in house.begin("One", "Two", "Three"):
        mine.rename(title=mine.title.upper(), reason="")
        house.store.record(mine)
    house.follower().catch_up()
    live, told = _everything(house), list[tuple[int, int]]()
    with writing(house.engine) as connection:
        connection.execute(delete(TITLES).where(TITLES.c.title == "One"))

    house.follower(batch=2).rebuild("titles", progress=lambda done, total: told.append((done, total)))

    assert _everything(house) == live
    assert told[-1] == (house.store.head(), house.store.head())


def test_racing_processes_may_create_the_tables(open_house: Callable[[], House]) -> None:
    """All of them find the tables afterwards, and a checkpoint at 0."""
    houses = [open_house() for _ in range(6)]
    with ThreadPoolExecutor(len(houses)) as threads:
        list(threads.map(lambda each: migrate(each.engine, [titles(), TIMELINE]), houses))
    houses[0].store.migrate()

    assert [stand.position for stand in houses[0].follower().stand()] == [0, 0]


def test_an_outage_of_the_log_is_outlived(house: House) -> None:
    """Whatever reading the log raises, the loop tries again."""
    house.begin("One")
    flaky = FlakyLog(house.store)
    with _running(Follower(flaky, house.engine, [titles()])):
        _until(lambda: house.titles() == [("One", 1)])

    assert flaky.outages == 0


@pytest.mark.postgresql
@pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
def test_a_restart_of_the_server_is_outlived(house: House, postgresql_server: PostgreSQLServer) -> None:
    """So are killed connections: the loop follows on over new ones."""
    with _running(house.follower()):
        house.begin("One")
        postgresql_server.hang_up()
        house.begin("Two")
        postgresql_server.stop()
        time.sleep(0.3)
        postgresql_server.start()
        house.begin("Three")
        _until(lambda: len(house.titles()) == 3)

    assert house.titles() == [("One", 1), ("Three", 1), ("Two", 1)]


class FlakyLog(StoreLog):
    """A log that cannot be reached at first."""

    outages = 3

    def head(self) -> int:
        if self.outages:
            self.outages -= 1
            raise ConnectionError
        return super().head()


class _running:  # noqa: N801
    """Run a follower in a thread of its own for the length of a block."""

    def __init__(self, follower: Follower) -> None:
        self._stop = threading.Event()
        self._thread = threading.Thread(target=follower.run, args=(self._stop, 0.005))

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()


def _noting(follower: Follower, passes: list[int], number: int) -> Follower:
    due = follower._catching_up.due

    def noted() -> set[str]:
        passes.append(number)
        return due()

    follower._catching_up.due = noted  # type: ignore[method-assign]
    return follower


def _keep_catching_up(follower: Follower, stop: threading.Event) -> None:
    while not stop.wait(0.001):
        follower.catch_up()


def _stumble(connection: Connection, recorded: Recorded) -> None:
    assert isinstance(recorded.event, Job.Renamed)
    # What a handler wrote before it raised is gone.
    connection.execute(delete(TITLES))
    raise LookupError("no such title")


def _everything(house: House) -> list[Any]:
    with reading(house.engine) as connection:
        return sorted(map(tuple, connection.execute(select(TITLES))), key=lambda row: row[1])


def _until(true: Callable[[], bool], seconds: float = 30) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.01)
