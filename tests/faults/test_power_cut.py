"""The power fails at any moment: whatever the disk may then hold, nothing that was acknowledged is lost."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

import pytest

from ledger.config import Settings
from ledger.services import House, build
from ledger.store import sqlite_connection
from tests.api.callers import Caller, Clock
from tests.api.world import founded
from tests.callers import finished_job
from tests.faults.images import images
from tests.faults.recording import Journal, can_record, recording

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(not can_record(), reason="this Python has SQLite built in, without the names it is reached by"),
]

# CI looks at some images; a campaign by hand sets LEDGER_POWER_CUTS=3000.
IMAGES = int(os.environ.get("LEDGER_POWER_CUTS", "60"))
COMPARED = 50  # of so many images the read models of one are followed on and compared with the log
JOBS = 25  # of each firm
SEED = 93


class Promise(NamedTuple):
    """What was acknowledged: this aggregate has an event at this position."""

    id: str
    position: int


def test_a_power_cut_loses_nothing(tmp_path: Path) -> None:
    """The log is whole, holds every acknowledged event where it was said to be, and is what was signed."""
    journal = _recorded(tmp_path / "live")
    for number, (promises, settings) in enumerate(_cuts(journal, tmp_path)):
        with closing(build(settings)) as house:
            house.migrate()  # as every start does; the cut may have come before it was done
            assert _lost(house, promises) == []
            _log_is_whole(house, Path(settings.database_url.removeprefix("sqlite:///")))
            if number % COMPARED == 0:
                house.follower.catch_up()
                assert house.follower.compare() == []


def test_without_flushing_it_would(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLite's NORMAL, which many recommend, acknowledges what the next cut takes away: these images would show it."""
    flushing = sqlite_connection.connect

    def relaxed(path: str, mode: str) -> sqlite3.Connection:
        connection = flushing(path, mode)
        connection.execute("PRAGMA synchronous=NORMAL")
        return connection

    monkeypatch.setattr(sqlite_connection, "connect", relaxed)
    journal = _recorded(tmp_path / "live")
    losing = 0
    for promises, settings in _cuts(journal, tmp_path):
        with closing(build(settings)) as house:
            house.migrate()
            losing += bool(_lost(house, promises))
    assert losing > IMAGES / 4


def _recorded(folder: Path) -> Journal:
    """Let four firms record, and read models and seals follow; note what reaches the disk and what is acknowledged."""
    folder.mkdir()
    with recording(folder) as journal:
        world = founded(Settings(database_url=f"sqlite:///{folder}/ledger.db", freshness_seconds=0), Clock())
        with _followed(world.house):
            firms = [world.caller(name) for name in ("alpha", "beta", "gamma", "delta")]
            writers = [
                threading.Thread(target=_write, args=(firm, partner, world.office, journal))
                for firm, partner in zip(firms, [*firms[1:], firms[0]], strict=True)
            ]
            for writer in writers:
                writer.start()
            for writer in writers:
                writer.join()
        world.house.close()
    assert sum(isinstance(step, Promise) for step in journal) == len(firms) * (JOBS + 1)
    return journal


def _write(firm: Caller, partner: Caller, office: Caller, journal: Journal) -> None:
    for _ in range(JOBS):
        answer = firm.record("/collaborations", finished_job(firm.id, partner.id), idempotency_key=uuid4().hex)
        journal.append(Promise(answer["id"], answer["position"]))
    answer = office.record("/firms", {"name": "Latecomer", "country": "DE"})  # with a key of its own
    journal.append(Promise(answer["id"], answer["position"]))


@contextmanager
def _followed(house: House) -> Iterator[None]:
    stop = threading.Event()

    def follow() -> None:
        while not stop.wait(0.05):
            house.follower.catch_up()
            house.sealer.look()

    following = threading.Thread(target=follow)
    following.start()
    try:
        yield
    finally:
        stop.set()
        following.join()


def _cuts(journal: Journal, tmp_path: Path) -> Iterator[tuple[list[Promise], Settings]]:
    """Yield what was promised before each cut, and the ledger that is left of it."""
    folder = tmp_path / "cut"
    for place, files in images(journal, IMAGES, random.Random(SEED)):  # noqa: S311 - the same cuts in every run
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(tmp_path / "live" / "signing", folder / "signing")
        for path, held in files.items():
            (folder / Path(path).name).write_bytes(held)
        promises = [step for step in journal[:place] if isinstance(step, Promise)]
        yield promises, Settings(database_url=f"sqlite:///{folder}/ledger.db", freshness_seconds=0)


def _lost(house: House, promises: list[Promise]) -> list[Promise]:
    held = {(position, str(event.originator_id)) for position, event in house.store.read(0, 1_000_000)}
    return [promise for promise in promises if (promise.position, promise.id) not in held]


def _log_is_whole(house: House, file: Path) -> None:
    """Versions have no gaps, whatever is personal has its key, and the file and the seals are sound."""
    events = [event for _, event in house.store.read(0, 1_000_000)]
    versions = Counter(event.originator_id for event in events)
    assert all(event.originator_version <= versions[event.originator_id] for event in events)
    assert house.store.lost_keys() == set()
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert house.verification().run(lambda *_: None).findings == []
