"""Requests counted as Prometheus reads them: by route, never by address, caller or content."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.multiprocess import MultiProcessCollector

if TYPE_CHECKING:
    from prometheus_client.registry import Collector

__all__ = ["CONTENT_TYPE", "exposed", "observe"]

# Whether web processes keep their figures in a folder for each other, as the library decides it: when it is imported.
SHARED = "PROMETHEUS_MULTIPROC_DIR" in os.environ
SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 10.0)
OWN = CollectorRegistry()
REQUESTS = Counter(
    "ledger_http_requests", "Requests answered, by route and status", ["method", "route", "status"], registry=OWN
)
DURATION = Histogram(
    "ledger_http_request_seconds", "Seconds until an answer began, by route", ["route"], registry=OWN, buckets=SECONDS
)


def observe(method: str, route: str | None, status: int, seconds: float) -> None:
    """Count an answer; without a route its method is not told either, for a client may write any."""
    REQUESTS.labels(method if route else "", route or "", str(status)).inc()
    DURATION.labels(route or "").observe(seconds)


def exposed(*collectors: Collector) -> bytes:
    """Return the figures of all web processes, and of these collectors, in Prometheus' text format."""
    asked = CollectorRegistry()
    for collector in collectors:
        asked.register(collector)
    if not SHARED:
        return generate_latest(OWN) + generate_latest(asked)
    MultiProcessCollector(asked)  # type: ignore[no-untyped-call]
    return generate_latest(asked)
