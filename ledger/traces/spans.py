"""Where time goes: spans that nobody pays for until somebody asks for traces.

The write side records spans as well, so nothing here knows what an application or an engine is.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ledger.traces.telemetry import Telemetry

NOTHING: AbstractContextManager[object] = nullcontext()
_telemetry: Telemetry | None = None


class NotInstalled(Exception):
    """Traces are asked for, and OpenTelemetry is not there."""


def begin(url: str, process: str) -> None:
    """Send spans of this process there, as OTLP over HTTP; without an address nothing is loaded and nothing sent."""
    global _telemetry  # noqa: PLW0603 - whoever writes a span must not need to know who asked for it
    if not url:
        return
    try:
        from ledger.traces.telemetry import sending
    except ImportError as error:
        raise NotInstalled(f"traces need OpenTelemetry: pip install -r requirements-otel.lock ({error})") from error
    _telemetry = sending(url, process)


def span(name: str, **told: str | int) -> AbstractContextManager[object]:
    """Measure a block; of what is told, only figures and names of the ledger's own parts."""
    return _telemetry.span(name, told) if _telemetry else NOTHING


def watch_requests(app: Any) -> None:
    """Let each request be a span; call it before anything else looks at requests."""
    if _telemetry:
        _telemetry.watch_requests(app)


def watch_statements(engines: Sequence[Any]) -> None:
    """Let each statement be a span within the request or the projection that asks it."""
    if _telemetry:
        _telemetry.watch_statements(engines)


def end() -> None:
    """Send what is left."""
    global _telemetry  # noqa: PLW0603 - as above
    if _telemetry:
        _telemetry.end()
    _telemetry = None
