"""The house: one function builds it for the service, the command line and the tests."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ledger.application import keys
from ledger.config import Settings
from ledger.domain.key import Key
from ledger.projections.catalogue import PROJECTIONS
from ledger.services import House, StoredLog, build
from ledger.store.errors import StoreUnavailable
from ledger.subscriptions.event_log import Recorded
from tests.stories import START


@pytest.fixture
def house(database_url: str) -> Iterator[House]:
    """A house with its tables."""
    built = build(Settings(database_url=database_url), lambda: START)
    built.migrate()
    yield built
    built.close()


def test_building_makes_folders_but_no_tables(tmp_path: Path) -> None:
    """Tables come with `migrate` alone; without them the log says what is missing."""
    built = build(Settings(database_url=f"sqlite:///{tmp_path}/new/log.db", views_url=f"sqlite:///{tmp_path}/v/v.db"))
    assert (tmp_path / "new").is_dir()
    assert (tmp_path / "v").is_dir()
    with pytest.raises(StoreUnavailable, match="migrated"):
        built.ledger.head()
    built.close()


def test_migrating_again_changes_nothing(house: House) -> None:
    """What was recorded and read stays."""
    keys.issue_first(house.ledger, "first")
    house.follower.catch_up()
    house.migrate()
    assert house.ledger.head() == 1
    assert {stand.position for stand in house.follower.stand()} == {1}


def test_the_clock_of_the_house_stamps_events(house: House) -> None:
    """Recorded at the time that the house was built with."""
    keys.issue_first(house.ledger, "first")
    ((_, event),) = house.store.read(0, 10)
    assert event.timestamp == START


def test_read_models_see_the_log_of_the_store(house: House) -> None:
    """The same positions and events, in batches."""
    for label in ("first", "second", "third"):
        keys.issue_first(house.ledger, label)
    log = StoredLog(house.store)
    assert log.head() == house.store.head()
    batch = log.read(1, 1)
    assert [type(recorded) for recorded in batch] == [Recorded]
    assert isinstance(batch[0].event, Key.Issued)
    assert batch[0].event.label == "second"
    assert batch[0].recorded_at == START


def test_every_projection_is_followed(house: House) -> None:
    """What stands in the catalogue is caught up."""
    assert [stand.key for stand in house.follower.stand()] == [projection.key for projection in PROJECTIONS]


def test_a_house_in_memory_is_whole() -> None:
    """For a look around without a file; it ends with the process."""
    built = build(Settings(database_url="memory:"))
    built.migrate()
    keys.issue_first(built.ledger, "first")
    built.follower.catch_up()
    assert {stand.lag for stand in built.follower.stand()} == {0}
    built.close()


def test_without_a_clock_it_is_now() -> None:
    """The present time, UTC."""
    built = build(Settings(database_url="memory:"))
    before = datetime.now(UTC)
    assert before <= built.ledger.clock() <= datetime.now(UTC)
    built.close()


def test_a_purge_says_when_the_read_models_are_behind(house: House) -> None:
    """An erasure is complete once they have passed its certificate."""
    keys.issue_first(house.ledger, "first")
    assert house.purge(house.ledger.head())
    assert not house.purge(house.ledger.head() + 1)


def test_what_is_personal_is_stored_encrypted(house: House) -> None:
    """The marks of the domain reach the store."""
    keys.issue_first(house.ledger, "Laptop of Ms Jensen")
    (stored,) = house.store._log.recorder.select_notifications(1, 10)
    assert b"Jensen" not in stored.state
    ((_, event),) = house.store.read(0, 10)
    assert event.label == "Laptop of Ms Jensen"
