"""OpenTelemetry as the ledger uses it: its own instrumentation of Flask and SQLAlchemy, behind a strict door.

The instrumentation notes addresses, queries and messages of errors. Only what is listed here goes out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.flask import FlaskInstrumentor
from opentelemetry.instrumentation.sqlalchemy import SQLAlchemyInstrumentor
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import SpanKind, Status

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from contextlib import AbstractContextManager

ROUTE = "http.route"
# Statements have places where values go; the values are not among these.
SHOWN = {"http.method", ROUTE, "http.status_code", "db.system", "db.statement", "ledger.projection", "ledger.events"}


class Telemetry:
    """Spans of this process, and where they go."""

    def __init__(self, exporter: SpanExporter, process: str) -> None:
        self._provider = TracerProvider(resource=Resource({SERVICE_NAME: process}))
        self._provider.add_span_processor(BatchSpanProcessor(Door(exporter)))
        self._tracer = self._provider.get_tracer("ledger")
        self._statements = SQLAlchemyInstrumentor()

    def span(self, name: str, told: Mapping[str, str | int]) -> AbstractContextManager[object]:
        """Measure a block."""
        attributes = {f"ledger.{key}": told[key] for key in told}
        measured: AbstractContextManager[object] = self._tracer.start_as_current_span(name, attributes=attributes)
        return measured

    def watch_requests(self, app: Any) -> None:
        """Let each request be a span."""
        requests: Any = FlaskInstrumentor()  # typed in part
        requests.instrument_app(app, tracer_provider=self._provider)

    def watch_statements(self, engines: Sequence[Any]) -> None:
        """Let each statement be a span."""
        # It has not heard of SQLAlchemy 2.1 yet and would refuse it; tests/test_traces.py shows that they agree.
        self._statements.instrument(engines=list(engines), tracer_provider=self._provider, skip_dep_check=True)

    def end(self) -> None:
        """Send what is left."""
        if self._statements.is_instrumented_by_opentelemetry:
            self._statements.uninstrument()
        self._provider.shutdown()


class Door(SpanExporter):  # type: ignore[misc,unused-ignore]  # where it is not installed, it has no type
    """Lets out what is listed."""

    def __init__(self, exporter: SpanExporter) -> None:
        self._exporter = exporter

    def export(self, spans: Sequence[ReadableSpan]) -> Any:
        """Send these; not the statements of nobody, with which the worker asks for news."""
        return self._exporter.export([_shown(one) for one in spans if one.kind is not SpanKind.CLIENT or one.parent])

    def shutdown(self) -> None:
        """End."""
        self._exporter.shutdown()

    def force_flush(self, timeout_millis: int = 30_000) -> bool:
        """Send what is left."""
        flushed: bool = self._exporter.force_flush(timeout_millis)
        return flushed


def sending(url: str, process: str) -> Telemetry:
    """Return what sends spans to a collector."""
    return Telemetry(OTLPSpanExporter(endpoint=url), process)


def _shown(span: ReadableSpan) -> ReadableSpan:
    told = {name: value for name, value in (span.attributes or {}).items() if name in SHOWN}
    return ReadableSpan(
        name=_name(span, told),
        context=span.context,
        parent=span.parent,
        resource=span.resource,
        attributes=told,
        kind=span.kind,
        status=Status(span.status.status_code),
        start_time=span.start_time,
        end_time=span.end_time,
        instrumentation_scope=span.instrumentation_scope,
    )


def _name(span: ReadableSpan, told: Mapping[str, Any]) -> str:
    """Name a request by its route, for an address that nobody has may say anything, and a statement by its verb."""
    if span.kind is SpanKind.SERVER:
        return f"{told.get('http.method', '')} {told.get(ROUTE, '')}".strip()
    return str(span.name).partition(" ")[0] if span.kind is SpanKind.CLIENT else str(span.name)
