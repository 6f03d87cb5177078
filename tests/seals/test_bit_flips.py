"""One bit of the file is another: whatever that changes in an event is found.

LEDGER_BIT_FLIPS sets how many there are (40 by default; a campaign has 1,500), the same ones each time.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from random import Random

import pytest
from sqlalchemy.exc import SQLAlchemyError

from ledger.services import House, build
from ledger.store.errors import StoreError
from tests.seals.conftest import record, settings

FLIPS = int(os.environ.get("LEDGER_BIT_FLIPS", "40"))
EVENTS = """
SELECT position, typeof(originator_id), CAST(originator_id AS BLOB), typeof(originator_version),
       CAST(originator_version AS BLOB), typeof(topic), CAST(topic AS BLOB), typeof(state), CAST(state AS BLOB)
FROM stored_events ORDER BY position
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """The file of a sealed ledger that is closed."""
    house = build(settings(f"sqlite:///{tmp_path}/ledger.db", tmp_path))
    house.migrate()
    record(house, 150)
    house.sealer.look()
    house.close()
    return tmp_path / "ledger.db"


def flipped(file: Path, copy: Path) -> Iterator[int]:
    """Copies with one bit turned round each, and which one."""
    data, random = file.read_bytes(), Random("seals")  # noqa: S311 - a failure must be found again
    for _ in range(FLIPS):
        bit = random.randrange(len(data) * 8)
        damaged = bytearray(data)
        damaged[bit // 8] ^= 1 << bit % 8
        for left in copy.parent.glob(f"{copy.name}*"):
            left.unlink()
        copy.write_bytes(damaged)
        yield bit


def events(file: Path) -> list[tuple[object, ...]] | None:
    """Every event to the last bit, None when they cannot be read."""
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as connection:
            return connection.execute(EVENTS).fetchall()
    except (sqlite3.Error, UnicodeDecodeError):  # a message may quote damaged text
        return None


def intact(house: House) -> bool:
    """Whether the verification finds nothing; what cannot be read is found as well."""
    try:
        return house.verification().run(lambda *_: None).intact
    except (StoreError, SQLAlchemyError, ValueError, TypeError):
        return False


def test_every_flip_that_changes_an_event_is_found(file: Path, tmp_path: Path) -> None:
    """What is called intact has every event as it was; SQLite's own check finds a third of it."""
    true, copy, found = events(file), tmp_path / "copies" / "ledger.db", 0
    copy.parent.mkdir()
    shutil.copytree(file.parent / "signing", copy.parent / "signing")
    for bit in flipped(file, copy):
        house = build(settings(f"sqlite:///{copy}", copy.parent))
        found_intact = intact(house)
        house.close()
        changed = events(copy) != true
        found += changed
        assert not (changed and found_intact), f"bit {bit} went unseen"
    assert found > FLIPS / 10, "hardly a flip has hit an event: this proves nothing"
