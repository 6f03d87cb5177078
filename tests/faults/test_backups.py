"""Backups taken while firms record: each comes back with everything that was acknowledged before it began."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.services import build
from tests.callers import found_network
from tests.faults.conftest import Serve
from tests.faults.promises import each_is_there
from tests.faults.writers import Promise, Writers
from tests.postgresql_server import PostgreSQLServer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]  # the writers have the machine to themselves

# CI takes a few; a campaign by hand sets LEDGER_FAULT_ROUNDS=50.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "2"))
FIRMS = 4
MANY = 1_000_000
Ledger = Callable[..., str]


@pytest.fixture
def place(request: pytest.FixtureRequest, database_url: str) -> Callable[[Path], str]:
    """Find an empty place for a log, on the same kind of database; a file lies in the given folder."""
    if database_url.startswith("sqlite"):
        return lambda folder: f"sqlite:///{folder}/ledger.db"
    server: PostgreSQLServer = request.getfixturevalue("postgresql_server")
    return lambda _: server.create_database()


@pytest.fixture
def ledger(request: pytest.FixtureRequest, database_url: str, tmp_path: Path) -> Ledger:
    """Commands as an operator types them, which must succeed; with PostgreSQL's own tools at hand."""
    path = os.environ["PATH"]
    if database_url.startswith("postgresql"):
        path = f"{request.getfixturevalue('postgresql_server').binaries}{os.pathsep}{path}"

    def run(*arguments: object, url: str, keys: Path) -> str:
        told = {"LEDGER_DATABASE_URL": url, "LEDGER_SIGNING_KEYS": str(keys), "PATH": path}
        command = [sys.executable, "-m", "ledger.cli", *map(str, arguments)]
        done = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    return run


def test_backups_under_load(
    serve: Serve, ledger: Ledger, place: Callable[[Path], str], database_url: str, tmp_path: Path
) -> None:
    """Every one is whole, sealed as it was, and fills its read models; from the last one a ledger serves again."""
    service = serve(None, "--database-url", database_url)
    service.start()
    operator = (tmp_path / "operator.key").read_text(encoding="utf-8").strip()
    writers = Writers(found_network(service.port, operator, FIRMS))

    for number in range(ROUNDS):
        folder = tmp_path / f"round-{number}"
        backup = (folder / "log", "--keys", folder / "keys")
        promised = _writing(writers, service.port)
        ledger("backup", *backup, url=database_url, keys=tmp_path / "signing")
        writers.stop()
        url = place(folder)
        said = ledger("restore", *backup, url=url, keys=folder / "signing")
        assert said.endswith("The log is what was signed.\n")
        _is_complete(url, database_url, promised)
        if number + 1 < ROUNDS:
            shutil.rmtree(folder)

    assert writers.refused == []
    assert service.stop() == 0
    again = serve(None, "--database-url", url, data=folder)
    again.start()
    each_is_there(again.port, promised)


def _writing(writers: Writers, port: int) -> list[Promise]:
    """Let firms record, and return what is acknowledged once each of them is at it."""
    before, deadline = len(writers.promises), time.monotonic() + 60
    writers.start(port)
    while len(writers.promises) < before + 2 * FIRMS:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    return list(writers.promises)


def _is_complete(url: str, original: str, promised: list[Promise]) -> None:
    """It is the log up to a position, which no acknowledged job lies behind, and its read models are at its head."""
    with closing(build(Settings(database_url=url))) as house, closing(build(Settings(database_url=original))) as whole:
        events = house.store.read_stored(0, MANY)
        assert events == whole.store.read_stored(0, len(events))
        held = {position: str(event.originator_id) for position, event in house.store.read(0, MANY)}
        assert {promise.position: promise.id for promise in promised}.items() <= held.items()
        assert not any(stand.lag or stand.error for stand in house.follower.stand())
