"""PostgreSQL as the log: one function that locks and inserts, so that commit order is position order."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from uuid import UUID

import psycopg
from eventsourcing.persistence import InfrastructureFactory, StoredEvent
from eventsourcing.postgres import (
    ConnectionPool,
    PostgresApplicationRecorder,
    PostgresDatastore,
    PostgresFactory,
)
from eventsourcing.utils import Environment
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import UniqueViolation
from psycopg.rows import dict_row
from psycopg_pool import PoolClosed, PoolTimeout

from ledger.patience import unhurried
from ledger.store.postgresql_connection import CONNECTION, Connection, configure, wait_for_host

# Guards the migration against other processes; any number will do that nobody else uses in this database.
MIGRATION = 7_204_112

TABLE = """
CREATE TABLE IF NOT EXISTS public.stored_events (
    originator_id uuid NOT NULL,
    originator_version bigint NOT NULL,
    topic text NOT NULL,
    state bytea NOT NULL,
    notification_id bigserial,
    PRIMARY KEY (originator_id, originator_version)
)
"""
INDEX = """
CREATE UNIQUE INDEX IF NOT EXISTS stored_events_notification_id_idx ON public.stored_events (notification_id)
"""

# The lock makes positions appear in the order in which they are handed out: without it a reader that follows
# by position passes a gap which a slower transaction fills later, and never sees that event. It lives inside
# the function because there it spans no round trip, and because the library's pipeline can deadlock with
# itself above 400 KB. There is no NOTIFY: it would make all commits queue for one more lock.
FUNCTION = """
CREATE OR REPLACE FUNCTION public.stored_events_insert(
    ids uuid[], versions bigint[], topics text[], states bytea[]
) RETURNS SETOF bigint LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE public.stored_events IN EXCLUSIVE MODE;
    RETURN QUERY
        INSERT INTO public.stored_events (originator_id, originator_version, topic, state)
        SELECT id, version, topic, state
        FROM unnest(ids, versions, topics, states) WITH ORDINALITY AS event (id, version, topic, state, place)
        ORDER BY place
        RETURNING notification_id;
END $$
"""
INSERT = "SELECT public.stored_events_insert(%b::uuid[], %b::bigint[], %t::text[], %b::bytea[]) AS position"
SELECT = """
SELECT originator_id, originator_version, topic, state FROM public.stored_events
WHERE originator_id = %s AND originator_version > %s AND originator_version <= %s ORDER BY originator_version
"""
VERSION = "SELECT max(originator_version) AS version FROM public.stored_events WHERE originator_id = %s"
LAST_VERSION = 2**63 - 1
# Commits as much as nothing, and so waits until a standby has all that was committed before.
SETTLE = "SELECT pg_logical_emit_message(true, 'ledger', '')"
FIND = """
SELECT notification_id FROM public.stored_events
WHERE originator_id = %s AND originator_version = %s AND topic = %s AND state = %b
"""
READ_MANY = """
SELECT originator_id, originator_version, topic, state FROM public.stored_events
WHERE originator_id = ANY(%b::uuid[]) ORDER BY originator_id, originator_version
"""


class Datastore(PostgresDatastore):
    """The library's datastore over a pool of our own, which gives up and comes back quickly."""

    def __init__(self, database_url: str) -> None:
        super().__init__(dbname="", host="", port="", user="", password="")  # nosec B106 # the pool below takes its own
        patience = wait_for_host(database_url)
        self.pool = ConnectionPool(
            connection_class=Connection,
            kwargs={**CONNECTION, **conninfo_to_dict(database_url), "row_factory": dict_row},
            min_size=1,
            max_size=10,
            open=False,
            configure=configure,
            timeout=patience,
            reconnect_timeout=patience,
        )

    @contextmanager
    def connected(self) -> Iterator[Connection]:
        """Lend a connection; errors come out as the library's."""
        with self.get_connection() as connection:
            yield cast("Connection", connection)

    def register_type_adapters(self) -> None:
        """There are none: our function takes plain arrays. The library would connect here, too early."""


class Recorder(PostgresApplicationRecorder):
    """The library's recorder with our table and function, and without its ten retries."""

    datastore: Datastore

    # Each retry may wait for the pool; the event store decides when to ask again.
    select_notifications = PostgresApplicationRecorder.select_notifications.__wrapped__
    max_notification_id = PostgresApplicationRecorder.max_notification_id.__wrapped__

    def select_events(
        self,
        originator_id: UUID | str,
        *,
        gt: int | None = None,
        lte: int | None = None,
        desc: bool = False,
        limit: int | None = None,
    ) -> Sequence[StoredEvent]:
        """Read an aggregate forwards, by a statement that is not put together anew for each request."""
        if desc or limit is not None:
            raise NotImplementedError
        between = (originator_id, gt or 0, LAST_VERSION if lte is None else lte)
        with self.datastore.get_connection() as connection:
            rows = connection.execute(SELECT, between, prepare=True, binary=True).fetchall()
        return [StoredEvent(**row) for row in rows]

    def insert_events(self, stored_events: Sequence[StoredEvent], **_: Any) -> list[int]:
        """Insert all events in one transaction and return their positions."""
        columns = (
            [event.originator_id for event in stored_events],
            [event.originator_version for event in stored_events],
            [event.topic for event in stored_events],
            [event.state for event in stored_events],
        )
        with self.datastore.connected() as connection:
            try:
                rows = connection.write(INSERT, columns, prepare=True).fetchall()
            except UniqueViolation:
                # Whoever is told that it is there already must be able to rely on it: what is in the way may have been
                # committed by a server that is not done with waiting for its standby.
                connection.write(SETTLE)
                raise
        return [row["position"] for row in rows]

    def create_table(self) -> None:
        """Create table, index and function in one transaction; racing processes queue for it."""
        with self.datastore.connected() as connection, unhurried(connection), connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '60s'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION,))
            for statement in (TABLE, INDEX, FUNCTION):
                connection.execute(statement)

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        key = (stored.originator_id, stored.originator_version, stored.topic, stored.state)
        with self.datastore.connected() as connection:
            row = connection.execute(FIND, key).fetchone()
        return row["notification_id"] if row else None

    def settle(self) -> None:
        """Commit as much as nothing."""
        with self.datastore.connected() as connection:
            connection.write(SETTLE)

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""
        with self.datastore.get_connection() as connection:
            row = connection.execute(VERSION, (id,), prepare=True, binary=True).fetchone()
        return (row and row["version"]) or 0

    def events_of(self, ids: Collection[UUID]) -> list[StoredEvent]:
        """Return all events of these aggregates."""
        with self.datastore.get_connection() as connection:
            rows = connection.execute(READ_MANY, (list(ids),)).fetchall()
        return [
            StoredEvent(row["originator_id"], row["originator_version"], row["topic"], bytes(row["state"]))
            for row in rows
        ]


class Factory(PostgresFactory):
    """Hands out one recorder over one pool."""

    def __init__(self, database_url: str) -> None:
        InfrastructureFactory.__init__(self, Environment())
        self.datastore = Datastore(database_url)
        self.recorder = Recorder(self.datastore)

    def application_recorder(self) -> Recorder:
        """Return the one recorder."""
        return self.recorder


class PostgreSQL:
    """A log in one PostgreSQL database."""

    def __init__(self, database_url: str) -> None:
        self._factory = Factory(database_url)

    @property
    def factory(self) -> Factory:
        """The library's factory."""
        return self._factory

    def migrate(self) -> None:
        """Create table, index and function."""
        self._factory.recorder.create_table()

    def position_of(self, stored: StoredEvent) -> int | None:
        """Return where exactly this event stands, or None."""
        return self._factory.recorder.position_of(stored)

    def version_of(self, id: UUID) -> int:
        """Return the version of an aggregate's newest event, 0 without one."""
        return self._factory.recorder.version_of(id)

    def events_of(self, ids: Collection[UUID]) -> list[StoredEvent]:
        """Return all events of these aggregates."""
        return self._factory.recorder.events_of(ids)

    def nothing_written(self, error: BaseException) -> bool:
        """Tell by the server's code: a server that is shut down may have committed before it said so."""
        cause = error.__cause__
        if isinstance(cause, PoolTimeout | PoolClosed):
            return True
        code = cause.sqlstate if isinstance(cause, psycopg.Error) else None
        return code is not None and not code.startswith(("08", "57P"))

    def settle(self) -> None:
        """Commit a message; where commits wait for a standby, so does this one."""
        self._factory.recorder.settle()

    def reconnect(self) -> None:
        """Replace all connections of the pool."""
        self._factory.datastore.pool.drain()
