"""Connections to PostgreSQL that wait for no answer for ever: what the log's and the read models' have in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from psycopg.abc import PQGen
from psycopg.pq import TransactionStatus
from psycopg.rows import Row

T = TypeVar("T")

# Seconds to wait for one host.
CONNECT_TIMEOUT = 2

# What a URL does not say itself. Without the time-outs a partition hangs everybody for minutes; without `read-write` a
# list of hosts would find a standby.
CONNECTION: dict[str, Any] = {
    "connect_timeout": CONNECT_TIMEOUT,
    "tcp_user_timeout": 5000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "target_session_attrs": "read-write",
}


class Patient(psycopg.Connection[Row]):
    """The driver's connection with an end to its patience, in seconds for each answer; None has no end."""

    patience: float | None = None

    def wait(self, gen: PQGen[T], interval: float = 0.1, timeout: float | None = None) -> T:
        """Wait no longer than our patience; whoever gave up hangs up, for the answer may still come."""
        try:
            return super().wait(gen, interval, timeout or self.patience)
        except psycopg.OperationalError:
            if self.info.transaction_status == TransactionStatus.ACTIVE:
                self.close()
            raise


@contextmanager
def unhurried(connection: Patient[Any]) -> Iterator[None]:
    """Wait for as long as it takes: what migrates may queue behind another migration, and rewrites whole tables."""
    before, connection.patience = connection.patience, None
    try:
        yield
    finally:
        connection.patience = before
