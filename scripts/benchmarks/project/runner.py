"""The peer: the library's `ProjectionRunner` as it is documented, one event in one transaction, filling the same table.

The table is the timeline's, our simplest read model: a position and a time for every event, with one index.
"""

from __future__ import annotations

from datetime import datetime
from time import perf_counter
from typing import Any, ClassVar

from eventsourcing.application import Application
from eventsourcing.persistence import InfrastructureFactory, Tracking
from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder
from eventsourcing.projection import Projection, ProjectionRunner
from eventsourcing.utils import Environment, EnvType
from psycopg.conninfo import conninfo_to_dict
from psycopg.sql import SQL

from ledger.domain.event import personal_fields
from ledger.services import House
from ledger.store.log import Log
from ledger.store.personal_keys import PersonalKeys
from ledger.store.vault import Vault

PATIENCE = 300.0  # seconds
TABLE = "CREATE TABLE IF NOT EXISTS peer_timeline (position bigint PRIMARY KEY, time timestamptz NOT NULL)"
INDEX = "CREATE INDEX IF NOT EXISTS peer_timeline_time ON peer_timeline (time)"
INSERT = SQL("INSERT INTO peer_timeline VALUES (%s, %s)")


class Stored(Log):
    """The ledger's log, opened by the library's own means."""

    name = "stored"
    vault: ClassVar[Vault | None] = None

    def __init__(self, env: EnvType | None = None) -> None:
        self._vault = self.vault
        Application.__init__(self, env)

    def construct_env(self, name: str, env: EnvType | None = None) -> Environment:
        """Return what the runner was given."""
        return Environment(name, env)

    def construct_factory(self, env: Environment) -> InfrastructureFactory[Any]:
        """Return the library's factory."""
        return Application.construct_factory(self, env)


class Timeline(PostgresTrackingRecorder):
    """The table, and how far it has come."""

    def __init__(self, datastore: PostgresDatastore, **rest: Any) -> None:
        super().__init__(datastore, **rest)
        self.sql_create_statements += [
            SQL(TABLE).format(),
            SQL(INDEX).format(),
        ]

    def note(self, position: int, time: datetime, tracking: Tracking) -> None:
        """Insert a row and move on, in one transaction."""
        with self.datastore.transaction(commit=True) as cursor:
            self._insert_tracking(cursor, tracking)
            cursor.execute(INSERT, (position, time), prepare=True)


class Noting(Projection[Timeline]):
    """Notes when each event was recorded."""

    def process_event(self, domain_event: Any, tracking: Tracking) -> None:
        """Add a row."""
        self.view.note(tracking.notification_id, domain_event.timestamp, tracking)


def rate(house: House, events: int) -> float:
    """Return the events a second over the first so many of the log."""
    Stored.vault = Vault(PersonalKeys.open(house.settings.personal_keys_url), personal_fields)
    _empty(house)
    began = perf_counter()
    with ProjectionRunner(
        application_class=Stored, projection_class=Noting, view_class=Timeline, env=_environment(house)
    ) as runner:
        runner.wait(house.store.read(events - 1, 1)[0][0], timeout=PATIENCE)
        seconds = perf_counter() - began
    Stored.vault.close()
    return events / seconds


def _environment(house: House) -> dict[str, str]:
    parts = conninfo_to_dict(house.settings.database_url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": str(parts["dbname"]),
        "POSTGRES_HOST": str(parts["host"]),
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": str(parts["user"]),
        "POSTGRES_PASSWORD": "",
    }


def _empty(house: House) -> None:
    with house.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS peer_timeline")
        connection.exec_driver_sql("DROP TABLE IF EXISTS noting_tracking")
