"""A connection to PostgreSQL that waits for no answer for ever, and believes no commit that a standby may lack."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, LiteralString, TypeVar

import psycopg
from psycopg import Cursor
from psycopg.abc import Params, PQGen
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import Diagnostic
from psycopg.pq import TransactionStatus
from psycopg.rows import DictRow

T = TypeVar("T")

# Seconds to wait for one host.
CONNECT_TIMEOUT = 2

# What the URL does not say itself. Without the time-outs a partition hangs every writer for minutes; without
# `read-write` a list of hosts would find a standby.
CONNECTION = {
    "connect_timeout": CONNECT_TIMEOUT,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "target_session_attrs": "read-write",
    "application_name": "ledger",
}

# Seconds to wait for the table's lock.
LOCK_TIMEOUT = 2

# Seconds to wait for any answer. A server that is frozen, or whose disk hangs, keeps its connections alive without a
# word. It is the client who gives up: a `statement_timeout` would end the wait for a standby by acknowledging what the
# standby lacks.
PATIENCE = 10.0


class Connection(psycopg.Connection[DictRow]):
    """The driver's connection with these two habits."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.patience: float | None = PATIENCE
        self._warnings: list[str] = []
        self.add_notice_handler(self._note)

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait no longer than our patience; whoever gave up hangs up, for the answer may still come."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise

    def write(
        self, statement: LiteralString, parameters: Params | None = None, *, prepare: bool = False
    ) -> Cursor[DictRow]:
        """Execute a statement that commits by itself; raise when the commit did not wait for a standby to its end.

        Somebody who cancels a statement that waits for a standby makes the server commit it all the same, with no
        more than a warning.
        """
        self._warnings.clear()
        cursor = self.execute(statement, parameters, prepare=prepare)
        if self._warnings:
            raise psycopg.OperationalError(self._warnings[0])
        return cursor

    def _note(self, notice: Diagnostic) -> None:
        if notice.severity_nonlocalized == "WARNING":
            self._warnings.append(notice.message_primary or "")


@contextmanager
def unhurried(connection: Connection) -> Iterator[None]:
    """Wait for as long as it takes: what migrates may queue behind another migration, and rewrites whole tables."""
    connection.patience = None
    try:
        yield
    finally:
        connection.patience = PATIENCE


def wait_for_host(database_url: str) -> int:
    """Return the seconds to wait for a connection: hosts are tried one by one, and the first ones may be silent."""
    hosts = str(conninfo_to_dict(database_url).get("host", "")).split(",")
    return CONNECT_TIMEOUT * len(hosts)


def configure(connection: psycopg.Connection[DictRow]) -> None:
    """Prepare a new connection. No `statement_timeout`, see above."""
    connection.autocommit = True
    connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}s'")
    connection.execute("SET idle_in_transaction_session_timeout = '5s'")
