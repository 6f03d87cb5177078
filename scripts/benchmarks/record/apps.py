"""The two apps that record, under the same gunicorn settings: the ledger's web process, and the library's way."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from ledger.application import keys
from ledger.config import Settings
from ledger.services import build
from ledger.supervisor import CONFIGURATION
from scripts.benchmarks.over_http import request
from tests import service
from tests.callers import Member, finished_job, found_network
from tests.service import Service

CONNECTIONS = 128
CONNECTIONS_WITH_MANY = 16  # each of these requests holds a thread for as long as twenty others do
FIRMS = 16
BATCH = 20


@contextmanager
def ledger(data: Path, url: str) -> Iterator[tuple[Service, list[Member]]]:
    """The ledger's web process alone, as the Procfile starts it, with a network of firms."""
    data.mkdir()
    settings = {
        "LEDGER_DATABASE_URL": url,
        "LEDGER_SIGNING_KEYS": str(data / "keys"),
        "LEDGER_REQUESTS_PER_MINUTE": "0",
    }
    with closing(build(Settings(database_url=url, signing_keys=str(data / "keys")))) as house:
        house.migrate()
        operator = keys.issue_first(house.ledger, "benchmark")
    with _running("ledger.app:create_app()", data, settings) as running:
        yield running, found_network(running.port, operator, FIRMS)


@contextmanager
def documented(data: Path, url: str, ledger_url: str) -> Iterator[Service]:
    """The library's way on a database of its own; `ledger_url` decides how many processes there are."""
    data.mkdir()
    app = "scripts.benchmarks.record.documented:create()"
    settings = {**_library(url), "LEDGER_DATABASE_URL": ledger_url}
    with _running(app, data, {**settings, "LEDGER_WORKERS": "1"}):
        pass  # its tables are made once: processes that race to make them may die of it
    with _running(app, data, {**settings, "CREATE_TABLE": "n"}) as running:
        yield running


def single(firms: Sequence[Member]) -> list[str]:
    """A request for each connection that records one job."""
    return _each(firms, CONNECTIONS, "/v1/collaborations", 0)


def batch(firms: Sequence[Member]) -> list[str]:
    """A request for each connection that records twenty."""
    return _each(firms, CONNECTIONS_WITH_MANY, "/v1/collaborations/batch", BATCH)


def _each(firms: Sequence[Member], connections: int, path: str, items: int) -> list[str]:
    pairs = list(zip(firms, [*firms[1:], firms[0]], strict=True))
    chosen = (pairs[n % len(pairs)] for n in range(connections))
    return [request("POST", path, firm.key, json.dumps(_body(firm, partner, items))) for firm, partner in chosen]


def _body(firm: Member, partner: Member, items: int) -> object:
    jobs = [finished_job(firm.id, partner.id) for _ in range(items or 1)]
    return {"items": [{**job, "key": f"{{key}}-{n}"} for n, job in enumerate(jobs)]} if items else jobs[0]


def _library(url: str) -> dict[str, str]:
    if url.startswith("sqlite:///"):
        return {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": url.removeprefix("sqlite:///")}
    parts = urlsplit(url)
    return {
        "PERSISTENCE_MODULE": "eventsourcing.postgres",
        "POSTGRES_DBNAME": parts.path.strip("/"),
        "POSTGRES_HOST": parse_qs(parts.query)["host"][0],
        "POSTGRES_PORT": "5432",
        "POSTGRES_USER": parts.username or "",
        "POSTGRES_PASSWORD": "none is asked for",
    }


@contextmanager
def _running(app: str, data: Path, settings: dict[str, str]) -> Iterator[Service]:
    port = service.free_port()
    command = [sys.executable, "-m", "gunicorn", "-c", str(CONFIGURATION), app]
    running = Service(command, port, data / "service.log", {**settings, "LEDGER_PORT": str(port)})
    try:
        running.start()
        yield running
        running.stop()
    finally:
        running.kill()
