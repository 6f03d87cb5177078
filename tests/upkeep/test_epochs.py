"""The nightly closing: one epoch a network and day, whoever looks and however often."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest

from ledger.application import networks
from ledger.application.ledger import Ledger
from ledger.config import Settings
from ledger.domain.actor import OPERATOR
from ledger.domain.epoch import Epoch
from ledger.domain.ids import identify
from ledger.services import House, build
from ledger.upkeep.epochs import Due, Epochs, Rule, nightly, rules
from tests.api.callers import Clock

HOUR = 2
NORTH = identify("network", "north")
SOUTH = identify("network", "south")


@pytest.fixture
def clock() -> Clock:
    """Morning of the second of March."""
    return Clock()


@pytest.fixture
def open_house(database_url: str, clock: Clock) -> Iterator[Callable[[], House]]:
    """Open the same ledger again, as another process would."""
    opened: list[House] = []

    def open_one() -> House:
        opened.append(build(Settings(database_url=database_url, freshness_seconds=0), clock))
        return opened[-1]

    yield open_one
    for house in opened:
        house.close()


@pytest.fixture
def house(open_house: Callable[[], House]) -> House:
    """A ledger with a northern network."""
    house = open_house()
    house.migrate()
    found(house, "north")
    return house


def found(house: House, key: str) -> None:
    """Set up a network, and let the read models know of it."""
    networks.found(house.ledger, OPERATOR, key, name=key)
    house.follower.catch_up()


def keeper(house: House) -> Epochs:
    """What runs beside the follower."""
    return Epochs(house.ledger, rules(house.views, HOUR))


def closed(house: House) -> list[tuple[UUID | None, date]]:
    """Of which network and of which day every epoch is, in the order of the log."""
    events = [event for _, event in house.store.read(0, 1000)]
    return [(event.network_id, event.happened_on) for event in events if isinstance(event, Epoch.Closed)]


def test_every_network_has_an_epoch_a_night(house: House, clock: Clock) -> None:
    """Looking again closes no second one; the next night closes the next."""
    found(house, "south")
    keeping = keeper(house)
    for _ in range(3):
        keeping.look()
    assert sorted(closed(house)) == sorted([(NORTH, date(2026, 3, 2)), (SOUTH, date(2026, 3, 2))])
    clock.forward(days=1)
    keeping.look()
    assert sorted(closed(house)[2:]) == sorted([(NORTH, date(2026, 3, 3)), (SOUTH, date(2026, 3, 3))])


def test_the_operator_closes_it(house: House) -> None:
    """By the same command as everybody: the event says so."""
    keeper(house).look()
    (event,) = [event for _, event in house.store.read(0, 1000) if isinstance(event, Epoch.Closed)]
    assert event.actor == "operator:"


@pytest.mark.parametrize(
    ("hour", "now", "day"),
    [
        (2, datetime(2026, 3, 2, 1, 59, 59, tzinfo=UTC), "2026-03-01"),
        (2, datetime(2026, 3, 2, 2, tzinfo=UTC), "2026-03-02"),
        (0, datetime(2026, 3, 2, tzinfo=UTC), "2026-03-02"),
        (23, datetime(2026, 3, 2, 22, 59, tzinfo=UTC), "2026-03-01"),
        (23, datetime(2026, 3, 2, 23, tzinfo=UTC), "2026-03-02"),
    ],
)
def test_the_night_begins_at_its_hour(house: House, hour: int, now: datetime, day: str) -> None:
    """Before it, what is due is still the epoch of the day before."""
    assert nightly(house.views, hour)(now) == [Due(NORTH, f"nightly-{day}")]


def test_missed_days_are_not_made_up_for(house: House, clock: Clock) -> None:
    """After a week without the service one epoch is enough: it sees all there is."""
    keeping = keeper(house)
    keeping.look()
    clock.forward(days=7)
    keeping.look()
    assert [day for _, day in closed(house)] == [date(2026, 3, 2), date(2026, 3, 9)]


def test_a_new_network_has_its_first_epoch_at_the_next_look(house: House) -> None:
    """It need not wait for the night."""
    keeping = keeper(house)
    keeping.look()
    found(house, "south")
    keeping.look()
    assert [network for network, _ in closed(house)] == [NORTH, SOUTH]


def test_a_restart_closes_nothing_again(house: House, open_house: Callable[[], House], clock: Clock) -> None:
    """Another process knows from the log what is done."""
    keeper(house).look()
    clock.forward(hours=1)
    keeper(open_house()).look()
    assert len(closed(house)) == 1


def test_racing_processes_close_one_epoch(house: House, open_house: Callable[[], House]) -> None:
    """The id follows from network and day: only one of them can record it."""
    keepers = [keeper(open_house()) for _ in range(6)]
    with ThreadPoolExecutor(len(keepers)) as threads:
        list(threads.map(Epochs.look, keepers))
    assert len(closed(house)) == 1


def test_what_is_done_is_not_asked_again(house: House, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A look with nothing to do loads and records nothing, and yesterday is forgotten."""
    keeping = keeper(house)
    keeping.look()
    clock.forward(days=1)
    keeping.look()
    assert keeping._closed == {Due(NORTH, "nightly-2026-03-03")}
    for name in ("load", "create"):
        monkeypatch.setattr(Ledger, name, None)
    keeping.look()


def test_another_rule_closes_in_between(house: House) -> None:
    """It stands beside the nightly one, and names a key of its own for each epoch that it wants."""
    wanted = [Due(NORTH, "moved-7")]
    every: tuple[Rule, ...] = (*rules(house.views, HOUR), lambda _now: wanted)
    keeping = Epochs(house.ledger, every)
    for _ in range(2):
        keeping.look()
    assert len(closed(house)) == 2
    wanted[0] = Due(NORTH, "moved-9")
    keeping.look()
    assert len(closed(house)) == 3


def test_a_refused_epoch_costs_no_other(house: House, caplog: pytest.LogCaptureFixture) -> None:
    """A network that the log does not know is said once, and the others get theirs."""
    unknown = Due(uuid4(), "nightly-2026-03-02")
    keeping = Epochs(house.ledger, (lambda _now: [unknown], *rules(house.views, HOUR)))
    for _ in range(2):
        keeping.look()
    assert [network for network, _ in closed(house)] == [NORTH]
    assert [str(unknown.network) in record.getMessage() for record in caplog.records] == [True]
