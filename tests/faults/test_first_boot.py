"""Eight processes open a new place for the data at the same moment: web processes, worker, courier, migrations."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest

from ledger.config import Settings
from tests.faults import boots
from tests.postgresql_server import PostgreSQLServer

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]

# CI opens a few; a campaign by hand sets LEDGER_FAULT_ROUNDS=200.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "5"))
PROCESSES = 8


@pytest.fixture(scope="module")
def processes() -> Iterator[ProcessPoolExecutor]:
    """Processes of their own, each of which takes one task, for all wait for each other."""
    apart = get_context("spawn")  # a fork would share connections
    barrier = apart.Barrier(PROCESSES)
    with ProcessPoolExecutor(PROCESSES, apart, boots.meet, (barrier,)) as pool:
        yield pool


def test_a_new_folder(processes: ProcessPoolExecutor, tmp_path: Path) -> None:
    """Every one of them finds the log and all read models, and all sign with the same keys."""
    for number in range(ROUNDS):
        folder = tmp_path / f"data-{number}"
        _open_together(processes, f"sqlite:///{folder}/ledger.db", folder)
        shutil.rmtree(folder)


def test_a_new_database(processes: ProcessPoolExecutor, postgresql_server: PostgreSQLServer, tmp_path: Path) -> None:
    """On PostgreSQL as well."""
    for number in range(ROUNDS):
        url = postgresql_server.create_database()
        _open_together(processes, url, tmp_path / f"data-{number}")
        postgresql_server.execute(f"DROP DATABASE {url.partition('@/')[2].partition('?')[0]}")


def _open_together(processes: ProcessPoolExecutor, url: str, folder: Path) -> None:
    settings = Settings(database_url=url, signing_keys=str(folder / "signing"), freshness_seconds=0)
    opened = list(processes.map(boots.boot, [settings] * PROCESSES))
    assert opened == [(0, opened[0][1])] * PROCESSES
