"""Traces: where time goes, told to a collector, and nothing of whom it was spent on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest

from ledger.config import Settings
from ledger.traces import spans
from tests.api.callers import Clock
from tests.api.jobs import praised
from tests.api.world import World, founded

pytest.importorskip("opentelemetry.sdk", reason="OpenTelemetry is not installed: requirements-otel.lock")

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


class Collector:
    """Takes spans over HTTP."""

    def __init__(self) -> None:
        self.bodies: list[bytes] = []
        taken = self.bodies

        class Taking(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                taken.append(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                pass

        self._server = HTTPServer(("127.0.0.1", 0), Taking)
        self.url = f"http://127.0.0.1:{self._server.server_port}/v1/traces"
        Thread(target=self._server.serve_forever, daemon=True).start()

    def spans(self) -> list[Any]:
        """What came, as OTLP has it."""
        sent = [ExportTraceServiceRequest.FromString(body) for body in self.bodies]
        return [one for all_ in sent for told in all_.resource_spans for by in told.scope_spans for one in by.spans]

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def collector(monkeypatch: pytest.MonkeyPatch) -> Iterator[Collector]:
    """A collector to which this process sends its spans."""
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_COMPRESSION", "none")
    made = Collector()
    spans.begin(made.url, "tests")
    yield made
    spans.end()
    made.close()


@pytest.fixture
def world(collector: Collector, sqlite_url: str) -> Iterator[World]:
    """A ledger that was built when traces were on."""
    made = founded(Settings(database_url=sqlite_url), Clock())
    yield made
    made.house.close()


def test_requests_statements_and_projections_are_told(collector: Collector, world: World) -> None:
    """By route, by statement and by name; a statement stands within what asked it."""
    praised(world.alpha, world.beta)
    world.alpha.read(f"/firms/{world.alpha.id}")
    spans.end()
    told = {one.name: one for one in collector.spans()}
    assert {"GET /v1/firms/<uuid:firm>", "POST /v1/collaborations", "project", "record", "SELECT"} <= told.keys()
    assert not any(one.kind == one.SPAN_KIND_CLIENT and not one.parent_span_id for one in collector.spans())
    attributes = {one.key: one.value.string_value for one in told["SELECT"].attributes}
    assert attributes["db.statement"].startswith("SELECT")


def test_nothing_is_told_of_anybody(collector: Collector, world: World) -> None:
    """No address, query, header, name or key: not of good requests, not of bad ones, not of ones nobody has."""
    praised(world.alpha, world.beta, title="Housings for a private customer")
    world.alpha.get("/firms?q=example+alpha&country=DE")
    world.alpha.get("/nowhere/example-alpha?q=secret-word")
    world.holding("cl_secret-word").get(f"/firms/{world.alpha.id}")
    world.app.test_client().get("/invitations/secret-word", headers={"User-Agent": "browser-of-somebody"})
    spans.end()
    told = json.dumps([str(one) for one in collector.spans()])
    secret = world.ring["alpha"][1]
    private = ("example", "Example", "Housings", "secret-word", "cl_", "127.0.0.1", "browser", world.alpha.id, secret)
    assert "http.route" in told
    assert [one for one in private if one in told] == []


def test_without_an_address_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Off is off."""
    spans.begin("", "tests")
    assert spans.span("record", events=1) is spans.NOTHING


def test_what_is_not_installed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """With what to install."""
    monkeypatch.setitem(__import__("sys").modules, "ledger.traces.telemetry", None)
    with pytest.raises(spans.NotInstalled, match=r"requirements-otel\.lock"):
        spans.begin("http://127.0.0.1:1/v1/traces", "tests")
