"""A connection to PostgreSQL that waits for no answer for ever."""

from __future__ import annotations

from typing import Any

from psycopg.conninfo import conninfo_to_dict
from psycopg.rows import TupleRow

from ledger import patience
from ledger.patience import Patient

CONNECTION = {**patience.CONNECTION, "application_name": "ledger views"}

# Seconds to wait for any answer: a frozen server keeps its connections alive without a word. Much longer than
# whatever a handler or a page asks, for what is broken off is done again, and would be broken off again.
PATIENCE = 60.0


# The server's side of the same: who leads holds a lock for as long as the server believes in its connection, by default
# for two hours after its machine has died.
NOTICE_DEATH = "SET tcp_keepalives_idle = 5; SET tcp_keepalives_interval = 2; SET tcp_keepalives_count = 3"


class Connection(Patient[TupleRow]):
    """The driver's connection with an end to its patience."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.patience = PATIENCE


def connect(url: str) -> Connection:
    """Connect to the host that takes writes.

    The driver reads the address itself: SQLAlchemy would not understand a list of hosts.
    """
    parameters = {**CONNECTION, **conninfo_to_dict(url)}
    connection = Connection.connect(**parameters)
    connection.execute(NOTICE_DEATH)
    connection.commit()
    return connection
