"""The section `start`: how long a ledger that was killed takes to answer again, as `ledger serve` starts it."""

from __future__ import annotations

import tempfile
import time
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

from scripts.benchmarks.report import Row, Rows
from tests.service import Service, ledger, processor_seconds

ROUNDS, ROUNDS_QUICK = 10, 2
FILLING = 900.0  # seconds that the demonstration network may take
REST = 2.0  # in which the worker has caught up as well
QUIET = {"LEDGER_LOG_LEVEL": "WARNING"}


def measure(quick: bool) -> Rows:  # noqa: FBT001 - as every section is asked
    """Kill -9 everything and start again, on the demonstration network; `quick` on an empty ledger."""
    print("\nstart: a killed ledger, until it answers and until it is ready", flush=True)
    with tempfile.TemporaryDirectory(prefix="start-") as folder:
        filling = ledger(Path(folder), QUIET, *([] if quick else ["--demo"]))
        filling.start(FILLING)
        filling.kill()
        service = ledger(Path(folder), QUIET)
        rounds = [_again(service) for _ in range(ROUNDS_QUICK if quick else ROUNDS)]
    live, ready, worked = zip(*rounds, strict=True)
    return {
        "/health/live": _row(live, "s"),
        "/health/ready": _row(ready, "s"),
        "processor, all processes": _row(worked, "s"),
    }


def _again(service: Service) -> tuple[float, float, float]:
    began = time.monotonic()
    live = service.start()
    while not _ready(service.port):
        time.sleep(0.01)
    ready, worked = time.monotonic() - began, processor_seconds(service.pid)
    time.sleep(REST)
    service.kill()
    return live, ready, worked


def _ready(port: int) -> bool:
    with closing(HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200  # noqa: PLR2004 - as HTTP says it


def _row(seconds: tuple[float, ...], unit: str) -> Row:
    return Row(median(seconds), unit, min(seconds), max(seconds), digits=2)
