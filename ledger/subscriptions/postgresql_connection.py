"""A connection to PostgreSQL that waits for no answer for ever."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

import psycopg
from psycopg.abc import PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import TransactionStatus
from psycopg.rows import TupleRow
from sqlalchemy import Connection as Borrowed

T = TypeVar("T")

# As for the event store: without these a partition hangs a follower for minutes.
CONNECTION: dict[str, Any] = {
    "connect_timeout": 2,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "target_session_attrs": "read-write",
    "application_name": "ledger views",
}

# Seconds to wait for any answer: a frozen server keeps its connections alive without a word. Much longer than
# whatever a handler or a page asks, for what is broken off is done again, and would be broken off again.
PATIENCE = 60.0


# The server's side of the same: who leads holds a lock for as long as the server believes in its connection, by default
# for two hours after its machine has died.
NOTICE_DEATH = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3"


class Connection(psycopg.Connection[TupleRow]):
    """The driver's connection with an end to its patience."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.patience: float | None = PATIENCE

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait no longer than our patience, then hang up: the pool sees that it is closed and drops its neighbours."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


def connect(url: str) -> Connection:
    """Connect to the host that takes writes.

    The driver reads the address itself: SQLAlchemy would not understand a list of hosts.
    """
    parameters = {**CONNECTION, **conninfo_to_dict(url)}
    connection = Connection.connect(**parameters)
    connection.execute(NOTICE_DEATH)
    connection.commit()
    return connection


@contextmanager
def unhurried(borrowed: Borrowed) -> Iterator[None]:
    """Wait for as long as it takes within a transaction: what migrates may queue behind another migration."""
    connection = cast("Connection", borrowed.connection.dbapi_connection)
    connection.patience = None
    try:
        yield
    finally:
        connection.patience = PATIENCE
