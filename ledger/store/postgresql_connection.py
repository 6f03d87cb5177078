"""A connection to PostgreSQL that waits for no answer for ever, and believes no commit that a standby may lack."""

from __future__ import annotations

from typing import Any, LiteralString

import psycopg
from psycopg import Cursor
from psycopg.abc import Params
from psycopg.conninfo import conninfo_to_dict
from psycopg.errors import Diagnostic
from psycopg.rows import DictRow

from ledger import patience
from ledger.patience import CONNECT_TIMEOUT, Patient

CONNECTION = {**patience.CONNECTION, "application_name": "ledger"}

# Seconds to wait for the table's lock.
LOCK_TIMEOUT = 2

# Seconds to wait for any answer. A server that is frozen, or whose disk hangs, keeps its connections alive without a
# word. It is the client who gives up: a `statement_timeout` would end the wait for a standby by acknowledging what the
# standby lacks.
PATIENCE = 10.0


class Connection(Patient[DictRow]):
    """The driver's connection with these two habits."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.patience = PATIENCE
        self._warnings: list[str] = []
        self.add_notice_handler(self._note)

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


def wait_for_host(database_url: str) -> int:
    """Return the seconds to wait for a connection: hosts are tried one by one, and the first ones may be silent."""
    hosts = str(conninfo_to_dict(database_url).get("host", "")).split(",")
    return CONNECT_TIMEOUT * len(hosts)


def configure(connection: psycopg.Connection[DictRow]) -> None:
    """Prepare a new connection. No `statement_timeout`, see above."""
    connection.autocommit = True
    # nosemgrep: sql-of-text - a number of ours
    connection.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}s'")
    connection.execute("SET idle_in_transaction_session_timeout = '5s'")
