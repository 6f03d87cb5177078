"""Backups taken while the ledger serves, and a ledger that comes back from them."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import pytest

from ledger.config import Settings
from tests.api.callers import Clock
from tests.api.jobs import finished, propose
from tests.api.world import World, founded, opened
from tests.commands.typed import Run
from tests.postgresql_server import PostgreSQLServer


@pytest.fixture
def elsewhere(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> str:
    """The address of an empty place on the same kind of database."""
    if database_url.startswith("sqlite"):
        return f"sqlite:///{tmp_path}/elsewhere/ledger.db"
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    return server.create_database()


@pytest.fixture
def tools(request: pytest.FixtureRequest, database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own tools, of the version of the tests' server."""
    if database_url.startswith("postgresql"):
        server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
        monkeypatch.setenv("PATH", f"{server.binaries}{os.pathsep}{os.environ['PATH']}")


class Ledgers:
    """The ledgers of a test, each at its address with its signing keys in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.worlds: list[World] = []

    def served(self, url: str) -> World:
        """A new ledger of two networks, its keys in `keys-a`."""
        return self._kept(founded(self._settings(url, "keys-a"), Clock()))

    def restored(self, world: World, url: str) -> World:
        """The same people before the ledger that came back, its keys in `keys-b`."""
        return self._kept(opened(self._settings(url, "keys-b"), world.clock, world.ring))

    def _settings(self, url: str, keys: str) -> Settings:
        return Settings(database_url=url, signing_keys=str(self.folder / keys), freshness_seconds=0)

    def _kept(self, world: World) -> World:
        self.worlds.append(world)
        return world


@pytest.fixture
def ledgers(tmp_path: Path) -> Iterator[Ledgers]:
    """Ledgers that are closed when the test has ended."""
    made = Ledgers(tmp_path)
    yield made
    for world in made.worlds:
        world.house.close()


@pytest.mark.usefixtures("tools")
def test_a_ledger_comes_back(run: Run, database_url: str, elsewhere: str, tmp_path: Path, ledgers: Ledgers) -> None:
    """With log and keys: the same events, readable, sealed by the same keys, and every read model."""
    world = ledgers.served(database_url)
    job = propose(world.alpha, finished(world.alpha, world.beta))
    world.house.sealer.look()
    taken = run("backup", "log", "--keys", "keys", database_url=database_url, signing_keys=tmp_path / "keys-a")
    assert (taken.code, taken.out.count("holds the")) == (0, 2), taken.err
    told = json.loads((tmp_path / "log" / "backup.json").read_text(encoding="utf-8"))
    assert told["position"] == world.house.ledger.head()
    back = run("restore", "log", "--keys", "keys", database_url=elsewhere, signing_keys=tmp_path / "keys-b")
    assert back.code == 0, back.err
    assert back.out.endswith("The log is what was signed.\n")
    again = ledgers.restored(world, elsewhere)
    assert again.alpha.read(f"/collaborations/{job}") == world.alpha.read(f"/collaborations/{job}")


@pytest.mark.usefixtures("tools")
def test_without_its_keys_a_log_says_that_all_is_erased(
    run: Run, database_url: str, elsewhere: str, tmp_path: Path, ledgers: Ledgers
) -> None:
    """A backup of the log alone holds nobody's name, and neither does what is made of it."""
    world = ledgers.served(database_url)
    taken = run("backup", "log", database_url=database_url, signing_keys=tmp_path / "keys-a")
    assert taken.code == 0, taken.err
    assert not any(b"Example alpha" in file.read_bytes() for file in (tmp_path / "log").iterdir())
    back = run("restore", "log", database_url=elsewhere, signing_keys=tmp_path / "keys-b")
    assert (back.code, "everything personal reads as erased" in back.out) == (0, True), back.err
    again = ledgers.restored(world, elsewhere)
    assert "Example alpha" not in str(again.house.store.read(0, 100))


@pytest.mark.usefixtures("tools")
def test_whoever_was_erased_stays_erased(
    run: Run, database_url: str, elsewhere: str, tmp_path: Path, ledgers: Ledgers
) -> None:
    """Also when the keys are of a backup from before."""
    world = ledgers.served(database_url)
    settings = {"database_url": database_url, "signing_keys": tmp_path / "keys-a"}
    assert run("backup", "before", "--keys", "keys", **settings).code == 0
    world.operator.send("DELETE", f"/firms/{world.alpha.id}/personal-data")
    assert run("backup", "after", **settings).code == 0
    back = run("restore", "after", "--keys", "keys", database_url=elsewhere, signing_keys=tmp_path / "keys-b")
    assert (back.code, f"{world.alpha.id} stays erased." in back.out) == (0, True), back.err
    again = ledgers.restored(world, elsewhere)
    assert "Example alpha" not in str(again.house.store.read(0, 1000))


@pytest.mark.usefixtures("tools")
def test_a_backup_under_load_is_whole(
    run: Run, database_url: str, elsewhere: str, tmp_path: Path, ledgers: Ledgers
) -> None:
    """It holds every event up to a position, at least that of its beginning, and nothing torn."""
    world, enough = ledgers.served(database_url), Event()

    def write() -> None:
        while not enough.is_set():
            propose(world.alpha, finished(world.alpha, world.beta))

    writer = Thread(target=write)
    writer.start()
    try:
        taken = run("backup", "log", "--keys", "keys", database_url=database_url, signing_keys=tmp_path / "keys-a")
    finally:
        enough.set()
        writer.join()
    assert taken.code == 0, taken.err
    back = run("restore", "log", "--keys", "keys", database_url=elsewhere, signing_keys=tmp_path / "keys-b")
    assert back.code == 0, back.err
    again = ledgers.restored(world, elsewhere)
    head = again.house.ledger.head()
    assert head >= json.loads((tmp_path / "log" / "backup.json").read_text(encoding="utf-8"))["position"]
    assert again.house.store.read_stored(0, 10_000) == world.house.store.read_stored(0, head)


@pytest.mark.usefixtures("tools")
def test_nothing_is_written_over(run: Run, database_url: str, tmp_path: Path, ledgers: Ledgers) -> None:
    """Neither a backup, nor a log, nor keys."""
    settings = {"database_url": database_url, "signing_keys": tmp_path / "keys-a"}
    ledgers.served(database_url)
    assert run("backup", "log", "--keys", "keys", **settings).code == 0
    assert "exists already" in run("backup", "log", **settings).err
    assert "there is a log already" in run("restore", "log", **settings).err


def test_what_is_no_backup_is_refused(run: Run, sqlite_url: str, tmp_path: Path, ledgers: Ledgers) -> None:
    """A folder without a list, one whose files were changed, and a backup of something else."""
    settings = {"database_url": sqlite_url, "signing_keys": tmp_path / "keys-a"}
    ledgers.served(sqlite_url)
    assert run("backup", "log", "--keys", "keys", **settings).code == 0
    nowhere = {"database_url": f"sqlite:///{tmp_path}/new/ledger.db", "signing_keys": tmp_path / "keys-b"}
    assert "is no backup" in run("restore", "missing", **nowhere).err
    assert "backup of something else" in run("restore", "keys", **nowhere).err
    with (tmp_path / "log" / "ledger").open("r+b") as file:
        file.write(b"spoiled")
    ran = run("restore", "log", **nowhere)
    assert (ran.code, "is not what was backed up" in ran.err) == (2, True)
    assert not (tmp_path / "new" / "ledger.db").exists()


@pytest.mark.parametrize("keys", ["log", "log/keys", "."])
def test_keys_are_kept_apart(run: Run, sqlite_url: str, keys: str) -> None:
    """In one folder with the log they lock nothing."""
    run("migrate", database_url=sqlite_url)
    ran = run("backup", "log", "--keys", keys)
    assert (ran.code, "a folder of their own" in ran.err) == (2, True)


def test_a_ledger_in_memory_has_no_backup(run: Run) -> None:
    """It says which setting to change."""
    ran = run("restore", "log", database_url="memory:")
    assert (ran.code, "LEDGER_DATABASE_URL" in ran.err) == (2, True)
