"""Keys of personal data in PostgreSQL, in a schema of their own: backups of the log can leave it out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import LiteralString
from uuid import UUID

from eventsourcing.persistence import PersistenceError
from psycopg import Error
from psycopg.rows import DictRow
from psycopg_pool import PoolClosed, PoolTimeout

from ledger.patience import unhurried
from ledger.store.errors import StoreUnavailable
from ledger.store.keyring import Held
from ledger.store.postgresql import Datastore
from ledger.store.postgresql_connection import Connection

# As for the log's tables, with a number of its own.
MIGRATION = 7_204_114

TABLES = (
    "CREATE SCHEMA IF NOT EXISTS ledger_keys",
    """
    CREATE TABLE IF NOT EXISTS ledger_keys.personal_keys (
        subject uuid PRIMARY KEY,
        secret bytea,
        fingerprint text NOT NULL
    )
    """,
    """
    CREATE TABLE IF NOT EXISTS ledger_keys.erasures (
        place integer PRIMARY KEY CHECK (place = 1),
        number bigint NOT NULL
    )
    """,
    "INSERT INTO ledger_keys.erasures (place, number) VALUES (1, 0) ON CONFLICT DO NOTHING",
)
FIND = "SELECT secret, fingerprint FROM ledger_keys.personal_keys WHERE subject = %s"
ADD = """
INSERT INTO ledger_keys.personal_keys (subject, secret, fingerprint) VALUES (%s, %b, %s) ON CONFLICT DO NOTHING
"""
DESTROY = "UPDATE ledger_keys.personal_keys SET secret = NULL WHERE subject = %s AND secret IS NOT NULL"
COUNT = "UPDATE ledger_keys.erasures SET number = number + 1"
ERASURES = "SELECT number FROM ledger_keys.erasures"


class PostgreSQLKeyring:
    """Keys in one PostgreSQL database."""

    def __init__(self, database_url: str) -> None:
        self._datastore = Datastore(database_url)

    def migrate(self) -> None:
        """Create schema and tables in one transaction; racing processes queue for it."""
        with self._asking() as connection, unhurried(connection), connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '60s'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION,))
            for statement in TABLES:
                connection.execute(statement)

    def find(self, subject: UUID) -> Held | None:
        """Return the subject's key."""
        row = self._first(FIND, (subject,))
        return Held(row["secret"], row["fingerprint"]) if row else None

    def add(self, subject: UUID, key: Held) -> None:
        """Keep the key unless there is one."""
        self._first(ADD, (subject, key.secret, key.fingerprint))

    def destroy(self, subject: UUID) -> bool:
        """Overwrite the secret, then write the small table anew: its dead rows still hold it."""
        with self._asking() as connection:
            with connection.transaction():
                destroyed = connection.execute(DESTROY, (subject,)).rowcount == 1
                if destroyed:
                    connection.execute(COUNT)
            with unhurried(connection):
                connection.execute("VACUUM (FULL) ledger_keys.personal_keys")
        return destroyed

    def erasures(self) -> int:
        """Return how many keys were destroyed."""
        row = self._first(ERASURES)
        return int(row["number"]) if row else 0

    def close(self) -> None:
        """Close every connection."""
        self._datastore.close()

    def _first(self, statement: LiteralString, parameters: Sequence[object] = ()) -> DictRow | None:
        """Return the first row, if any; ask again when the connection broke, which is harmless."""
        try:
            return self._asked(statement, parameters)
        except StoreUnavailable as trouble:
            if trouble.__cause__ is not None and isinstance(trouble.__cause__.__cause__, PoolTimeout | PoolClosed):
                raise
        self._datastore.pool.drain()
        return self._asked(statement, parameters)

    def _asked(self, statement: LiteralString, parameters: Sequence[object]) -> DictRow | None:
        with self._asking() as connection:
            cursor = connection.execute(statement, parameters)
            return cursor.fetchone() if cursor.description else None

    @contextmanager
    def _asking(self) -> Iterator[Connection]:
        try:
            with self._datastore.connected() as connection:
                yield connection
        except (PersistenceError, Error) as error:
            raise StoreUnavailable(f"the keys of personal data do not answer (are they migrated?): {error}") from error
