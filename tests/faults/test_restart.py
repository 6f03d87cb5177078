"""PostgreSQL stopped, killed and started again while firms record: they hear 503, and it goes on by itself."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from ledger.config import Settings
from ledger.services import build
from tests.callers import found_network
from tests.faults.conftest import Serve
from tests.faults.outages import settle, until_accepted, until_refused
from tests.faults.promises import log_is_whole
from tests.faults.writers import Writers
from tests.postgresql_server import PostgreSQLServer

pytestmark = [pytest.mark.slow, pytest.mark.postgresql, pytest.mark.xdist_group("faults")]

# CI stops it once in each way; a campaign by hand sets LEDGER_FAULT_ROUNDS=20.
ROUNDS = int(os.environ.get("LEDGER_FAULT_ROUNDS", "1"))
PATIENCE = 40.0  # seconds: a writer that was in the middle asks for some time before it is told
SOON = 20.0
AWAY = 2.0
# A fast stop, an immediate one, and kill -9 of all its processes.
WAYS = (signal.SIGINT, signal.SIGQUIT, signal.SIGKILL)


@pytest.fixture
def server(postgresql_server: PostgreSQLServer, tmp_path: Path) -> Iterator[PostgreSQLServer]:
    """A server of the test's own, which flushes what it acknowledges."""
    options = ("max_connections=100", "listen_addresses=")
    folder = tmp_path / "postgresql"
    folder.mkdir()
    made = PostgreSQLServer(postgresql_server.binaries, folder, options)
    made.start()
    yield made
    made.close()


def test_restarts_are_outlived(serve: Serve, server: PostgreSQLServer, tmp_path: Path) -> None:
    """Nothing acknowledged is lost; web, follower and courier go on, and read models and seals reach the head."""
    url = server.create_database()
    service = serve({"LEDGER_WORKERS": "2"}, "--database-url", url)
    service.start()
    firms = found_network(service.port, (tmp_path / "operator.key").read_text(encoding="utf-8").strip(), 4)
    writers = Writers(firms)
    writers.start(service.port)
    for way in WAYS * ROUNDS:
        until_accepted(writers, SOON)
        server.stop(way)
        until_refused(writers, PATIENCE)
        time.sleep(AWAY)
        server.start()
        until_accepted(writers, SOON)
    settle(service, writers, SOON)
    assert service.stop() == 0
    log_is_whole(url, writers.promises)
    with closing(build(Settings(database_url=url))) as house:
        assert house.follower.compare() == []
