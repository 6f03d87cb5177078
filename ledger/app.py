"""The web application: built of the house, with every face registered."""

from __future__ import annotations

import logging
import time
from pathlib import Path
from uuid import uuid4

from flask import Flask, Response, abort, g, request
from jinja2 import FileSystemLoader
from werkzeug.exceptions import HTTPException
from werkzeug.middleware.proxy_fix import ProxyFix
from werkzeug.routing import IntegerConverter

from ledger import metrics
from ledger.api import catalogue as interface
from ledger.api import credentials, problems
from ledger.config import Settings
from ledger.dashboards import catalogue as pages
from ledger.dashboards import sessions, troubles
from ledger.logs import configure
from ledger.services import House, build
from ledger.traces import spans
from ledger.web import limits
from ledger.web.house import house as serving
from ledger.web.refusal import Refusal

FACES = ("api", "dashboards")
# Nothing but the pages serves active content; they widen this for themselves.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
# The endpoints that take documents, which may be larger than anything else.
WITH_DOCUMENTS = ("invoices.read", "record.read", "record.send")
# What watches the service, and what a page that refuses is drawn with.
UNLIMITED = ("health.live", "health.ready", "metrics.show", "assets.asset")
logger = logging.getLogger("ledger.requests")


class Ordinal(IntegerConverter):
    """A number in an address, from 1, in the digits of ASCII: one spelling for one thing."""

    regex = "[1-9][0-9]{0,8}"


def create_app(house: House | None = None) -> Flask:
    """Build the application on this house, by default on one built from the environment."""
    if house is None:
        settings = Settings.from_environment()
        configure(settings.log_level)
        spans.begin(settings.traces_url, "ledger-web")
        house = build(settings)
    app = Flask("ledger", static_folder=None)
    app.jinja_loader = FileSystemLoader([Path(__file__).parent / face / "templates" for face in FACES])
    app.extensions["house"] = house
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers read as they are written
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # a doubled slash is another address, and no redirect to this one
    app.url_map.converters = {**app.url_map.converters, "int": Ordinal}
    if house.settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=house.settings.proxies, x_proto=0)  # type: ignore[method-assign]
    spans.watch_requests(app)
    interface.register(app)
    pages.register(app)
    app.register_error_handler(404, _nowhere)
    app.register_error_handler(Refusal, _refused)
    app.before_request(_begin)
    app.after_request(_finish)
    return app


def _nowhere(error: HTTPException) -> Response:
    """Answer an address that nobody has: people get a page, programs a problem."""
    return troubles.from_http(error) if _for_people() else problems.from_http(error)


def _refused(error: Refusal) -> Response:
    return troubles.from_refusal(error) if _for_people() else problems.from_refusal(error)


def _for_people() -> bool:
    accepted = request.accept_mimetypes
    return accepted["text/html"] > accepted["application/json"] and not request.path.startswith("/v1")


def _begin() -> None:
    g.request_id, g.began = str(uuid4()), time.monotonic()
    if request.endpoint not in UNLIMITED:
        limits.admit(_credential())
    if request.environ["PATH_INFO"].startswith("//"):  # routing would pass over the first ones
        abort(404)
    settings = serving().settings
    large = request.endpoint in WITH_DOCUMENTS
    request.max_content_length = settings.document_limit if large else settings.body_limit


def _credential() -> str:
    """Return what the request presents; whether it opens anything is not known yet."""
    if request.path.startswith("/v1"):
        return credentials.sent()
    return sessions.token()


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    limits.tell(response)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    _count(str(request.url_rule) if request.url_rule else None, response.status_code, time.monotonic() - g.began)
    return response


def _count(route: str | None, status: int, seconds: float) -> None:
    metrics.observe(request.method, route, status, seconds)
    logger.info(
        "answered",
        extra={
            "request_id": g.request_id,
            "method": request.method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        },
    )
