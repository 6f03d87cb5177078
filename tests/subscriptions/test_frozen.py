"""A server that is frozen holds nobody up for ever."""

from __future__ import annotations

import pytest
from sqlalchemy import exc, text

from ledger.subscriptions.database import is_trouble, migrating, reading
from ledger.subscriptions.opening import open_database
from tests.postgresql_server import PostgreSQLServer

pytestmark = pytest.mark.postgresql


def test_a_frozen_server_is_trouble(
    postgresql_url: str, postgresql_server: PostgreSQLServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its connections look alive; whoever waits gives up, and is served over a new one afterwards."""
    monkeypatch.setattr("ledger.subscriptions.postgresql_connection.PATIENCE", 0.5)
    engine = open_database(postgresql_url)
    with reading(engine) as connection:
        connection.execute(text("SELECT 1"))
    postgresql_server.freeze()
    try:
        with pytest.raises(exc.OperationalError) as raised, reading(engine) as connection:
            connection.execute(text("SELECT 1"))
        assert is_trouble(raised.value)
    finally:
        postgresql_server.thaw()
    with reading(engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar() == 1
    engine.dispose()


def test_a_migration_takes_its_time(postgresql_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may queue behind another one."""
    monkeypatch.setattr("ledger.subscriptions.postgresql_connection.PATIENCE", 0.2)
    engine = open_database(postgresql_url)
    with migrating(engine) as connection:
        connection.execute(text("SELECT pg_sleep(0.5)"))
    with pytest.raises(exc.OperationalError), reading(engine) as connection:
        connection.execute(text("SELECT pg_sleep(0.5)"))
    engine.dispose()
