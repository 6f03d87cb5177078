"""Figures for whoever watches the service: how far each part is, and what was answered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import Blueprint, Response
from prometheus_client.metrics_core import GaugeMetricFamily

from ledger import metrics
from ledger.api.endpoint import Contract, endpoint
from ledger.store.errors import StoreError
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ledger.subscriptions.catching_up import Stand

bp = Blueprint("metrics", __name__)


@endpoint(bp, "/metrics", Contract("GET", "Figures for Prometheus", "anyone", raw="text/plain", public=True))
def show() -> Response:
    """Say what `/health/ready` says and what was answered, as Prometheus reads it; always 200."""
    return Response(metrics.exposed(Standing()), content_type=metrics.CONTENT_TYPE)


class Standing:
    """Where the log, the seals and the read models stand at this moment."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """Ask them; while the log is away, that is all that is said."""
        try:
            position, stands, seals = house().store.head(), house().follower.stand(), house().seals.stand()
        except StoreError:
            yield _gauge("ledger_log_available", "Whether the log answers", 0)
            return
        yield _gauge("ledger_log_available", "Whether the log answers", 1)
        yield _gauge("ledger_log_position", "The position of the last event", position)
        yield _gauge("ledger_sealing_lag", "Positions behind the head that are not sealed", position - seals.position)
        yield _gauge("ledger_sealing_stopped", "Whether the log is not what was signed", seals.alarm is not None)
        yield from _projections(stands)


def _projections(stands: Sequence[Stand]) -> Iterator[GaugeMetricFamily]:
    lag = GaugeMetricFamily("ledger_projection_lag", "Positions behind the head", labels=["projection"])
    failed = GaugeMetricFamily("ledger_projection_failed", "Whether a handler failed", labels=["projection"])
    for stand in stands:
        lag.add_metric([stand.key], stand.lag)
        failed.add_metric([stand.key], stand.error is not None)
    yield from (lag, failed)


def _gauge(name: str, said: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, said, value=value)
