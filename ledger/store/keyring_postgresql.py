"""Keys of personal data in PostgreSQL, in a schema of their own: backups of the log can leave it out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from eventsourcing.persistence import PersistenceError
from psycopg import Connection, Error
from psycopg.rows import DictRow

from ledger.store.errors import StoreUnavailable
from ledger.store.keyring import Held
from ledger.store.postgresql import Datastore

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
        with self._asking() as connection, connection.transaction():
            connection.execute("SET LOCAL lock_timeout = '60s'")
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (MIGRATION,))
            for statement in TABLES:
                connection.execute(statement)

    def find(self, subject: UUID) -> Held | None:
        """Return the subject's key."""
        with self._asking() as connection:
            row = connection.execute(FIND, (subject,)).fetchone()
        return Held(row["secret"], row["fingerprint"]) if row else None

    def add(self, subject: UUID, key: Held) -> None:
        """Keep the key unless there is one."""
        with self._asking() as connection:
            connection.execute(ADD, (subject, key.secret, key.fingerprint))

    def destroy(self, subject: UUID) -> bool:
        """Overwrite the secret, then write the small table anew: its dead rows still hold it."""
        with self._asking() as connection:
            with connection.transaction():
                destroyed = connection.execute(DESTROY, (subject,)).rowcount == 1
                if destroyed:
                    connection.execute(COUNT)
            connection.execute("VACUUM (FULL) ledger_keys.personal_keys")
        return destroyed

    def erasures(self) -> int:
        """Return how many keys were destroyed."""
        with self._asking() as connection:
            row = connection.execute(ERASURES).fetchone()
        return int(row["number"]) if row else 0

    def close(self) -> None:
        """Close every connection."""
        self._datastore.close()

    @contextmanager
    def _asking(self) -> Iterator[Connection[DictRow]]:
        try:
            with self._datastore.get_connection() as connection:
                yield connection
        except (PersistenceError, Error) as error:
            raise StoreUnavailable(f"the keys of personal data do not answer (are they migrated?): {error}") from error
