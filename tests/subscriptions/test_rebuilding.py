"""Read models built anew beside those that serve."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, delete, event, func, inspect, select

from ledger.subscriptions import rebuilding
from ledger.subscriptions.beside import Beside, drop_remains
from ledger.subscriptions.catching_up import CatchingUp
from ledger.subscriptions.database import writing
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.pace import Pace
from ledger.subscriptions.projection import Projection
from ledger.subscriptions.reading import Views
from ledger.subscriptions.rebuilding import Busy, Stumbled
from ledger.subscriptions.sole import REBUILDING, sole
from ledger.subscriptions.timeline import TIMELINE
from ledger.subscriptions.versioning import as_of
from tests.examples import TITLES, note_title, titles
from tests.subscriptions.conftest import House

REBUILDS = 4


def test_readers_see_no_half_filled_read_model(house: House, open_house: Callable[[], House]) -> None:
    """While events come in and read models are built anew again and again, what is read fits its position."""
    house.begin(*(f"old {number}" for number in range(300)))
    house.follower().catch_up()
    stop, seen, here = threading.Event(), threading.Event(), open_house()
    with ThreadPoolExecutor(5) as threads:
        tasks = [threads.submit(_follow, open_house(), stop), threads.submit(_write, house, stop)]
        readers = [threads.submit(_look, open_house(), seen) for _ in range(3)]
        try:
            for _ in range(REBUILDS):
                here.follower().rebuild()
            seen.set()
            looks = sum(reader.result() for reader in readers)
        finally:
            seen.set()
            stop.set()
        for task in tasks:
            task.result()

    assert looks > REBUILDS
    house.follower().catch_up()
    assert len(house.titles()) == house.store.head()
    assert not _remains(house)


def test_a_killed_rebuild_harms_nothing(house: House) -> None:
    """What serves stays as it is; the next attempt cleans up and begins at the beginning."""
    house.begin("One", "Two", "Three")
    house.follower().catch_up()
    killed = Beside(house.engine, [titles()])
    killed.begin()
    CatchingUp(house.log, killed.engine, killed.projections, Pace(2)).pass_over({"rebuild_titles_v1"})
    with writing(house.engine) as connection:
        connection.execute(delete(TITLES).where(TITLES.c.title == "One"))
    assert _remains(house) == {"rebuild_titles_v1"}
    assert [title for title, _ in house.titles()] == ["Three", "Two"]

    house.follower().rebuild("titles")
    assert [title for title, _ in house.titles()] == ["One", "Three", "Two"]
    assert not _remains(house)


def test_a_handler_that_raises_leaves_what_serves(house: House) -> None:
    """The error names read model, position and reason; the others are built, and nothing is left behind."""
    (mine,) = house.begin("One")
    mine.rename(title="Uno", reason="")
    bad = house.store.record(mine)
    house.follower().catch_up()
    with pytest.raises(Stumbled, match=f"titles_v1 at position {bad}: LookupError: no such title"):
        house.follower(titles(renamed=_stumble), TIMELINE).rebuild()

    assert house.titles() == [("One", 1), ("Uno", 2)]
    assert [(stand.lag, stand.error) for stand in house.follower().stand()] == [(0, None)] * 2
    assert not _remains(house)


def test_a_failed_read_model_is_mended_by_a_rebuild(house: House) -> None:
    """Its checkpoint goes on from what was built."""
    (mine,) = house.begin("One")
    mine.rename(title="Uno", reason="")
    house.store.record(mine)
    house.follower(titles(renamed=_stumble), TIMELINE).catch_up()
    house.follower().rebuild("titles")

    assert house.titles() == [("One", 1), ("Uno", 2)]
    assert {(stand.lag, stand.error) for stand in house.follower().stand()} == {(0, None)}


def test_an_event_that_fails_while_switching_is_named(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """It came in when everything else was built."""
    house.begin("One")
    house.follower().catch_up()
    build = rebuilding.Rebuild._build

    def late(self: rebuilding.Rebuild, progress: Any) -> None:
        build(self, progress)
        (two,) = house.begin("Two")
        two.rename(title="Due", reason="")
        house.store.record(two)

    monkeypatch.setattr(rebuilding.Rebuild, "_build", late)
    with pytest.raises(Stumbled, match="titles_v1 at position 3: LookupError"):
        house.follower(titles(renamed=_stumble), TIMELINE).rebuild("titles")
    assert house.titles() == [("One", 1)]
    house.follower().rebuild("titles")
    assert [title for title, _ in house.titles()] == ["Due", "Due", "One", "Two", "Two"]


def test_an_erasure_lets_a_rebuild_begin_anew(house: House) -> None:
    """What was built before it may hold what was erased."""
    house.begin("One", "Two", "Three")
    follower, dropped = house.follower(), list[int]()

    def erase(done: int, _total: int) -> None:
        if not dropped:
            drop_remains(house.engine, [titles()])
            dropped.append(done)

    follower.rebuild("titles", progress=erase)
    assert dropped
    assert len(house.titles()) == 3


@pytest.mark.parametrize(("alone", "reads"), [(True, 1), (False, 3)])
def test_who_is_alone_reads_a_row_once(house: House, alone: bool, reads: int) -> None:
    """From one batch to the next it knows what it has written."""
    _renamed_twice(house)
    sent: list[str] = []
    event.listen(house.engine, "before_cursor_execute", lambda *heard: sent.append(heard[2]))
    _build(house, titles(), alone=alone)
    assert sum(statement.startswith("SELECT rebuild_titles_v1.job") for statement in sent) == reads


def test_what_was_rolled_back_is_not_known(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """A batch that fails once is applied event by event, which is told, and gives the same rows."""
    _renamed_twice(house)
    failures = [RuntimeError("only once")]

    def fails_once(connection: Connection, recorded: Recorded) -> None:
        note_title(connection, recorded)
        if failures:
            raise failures.pop()

    assert _build(house, titles(renamed=fails_once), alone=True) == [("One", 1), ("Un", 3), ("Uno", 2)]
    assert "A batch of rebuild_titles_v1 failed (RuntimeError), its events one by one did not." in caplog.messages


def test_one_rebuilds_at_a_time(house: House) -> None:
    """The second is refused; what the first has built is not touched."""
    with sole(house.engine, REBUILDING) as ours:
        assert ours()
        with pytest.raises(Busy):
            house.follower().rebuild("titles")
    house.follower().rebuild("titles")


def test_indexes_outlive_many_rebuilds(house: House) -> None:
    """Each time they have other names, and they are there."""
    house.begin("One")
    for _ in range(3):
        house.follower().rebuild("timeline")
    assert len(inspect(house.engine).get_indexes("timeline_v1")) == 1


def _renamed_twice(house: House) -> None:
    (mine,) = house.begin("One")
    for title in ("Uno", "Un"):
        mine.rename(title=title, reason="")
        house.store.record(mine)


def _build(house: House, projection: Projection, *, alone: bool) -> list[tuple[str, int]]:
    """Build it beside, one event in a batch, and return its rows."""
    beside = Beside(house.engine, [projection])
    beside.begin()
    building = CatchingUp(house.log, beside.engine, beside.projections, Pace(1), alone=alone)
    building.pass_over({"rebuild_titles_v1"})
    with writing(beside.engine) as connection:
        rows = connection.execute(select(TITLES.c.title, TITLES.c.events)).all()
    return sorted((title, events) for title, events in rows)


def _stumble(_connection: Connection, _recorded: Recorded) -> None:
    raise LookupError("no such title")


def _remains(house: House) -> set[str]:
    return {name for name in inspect(house.engine).get_table_names() if name.startswith(("rebuild_", "replaced_"))}


def _follow(house: House, stop: threading.Event) -> None:
    house.follower().run(stop, 0.005)


def _write(house: House, stop: threading.Event) -> None:
    number = 0
    while not stop.wait(0.01):
        house.begin(f"new {number}")
        number += 1


def _look(house: House, stop: threading.Event) -> int:
    """Read all the time; every event so far began a job, so there are as many titles as positions."""
    views, looks, last = Views(house.engine, house.log, [titles(), TIMELINE], lambda: datetime.now(UTC), 0), 0, 0
    while not stop.wait(0.005):
        head = house.store.head()
        asked: dict[str, Any] = {"min_position": head, "wait": 20.0} if looks % 10 == 0 else {}
        with views.read("titles", "timeline", **asked) as view:
            found = select(func.count()).select_from(TITLES).where(as_of(TITLES, view.position))
            assert view.connection.scalar(found) == view.position
            assert view.position >= max(last, head if asked else 0)
            last = view.position
        looks += 1
    return looks
