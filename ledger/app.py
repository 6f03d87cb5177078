"""The web application: built of the house, with every face registered."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING
from uuid import uuid4

from flask import Flask, Response, g, request
from werkzeug.routing import IntegerConverter

from ledger.api import (
    activity,
    benefits,
    collaborations,
    consents,
    credentials,
    docs,
    epochs,
    firms,
    health,
    help_score,
    invoices,
    keys,
    log,
    networks,
    openapi,
    personal_data,
    problems,
    referrals,
    steps,
    verifications,
    verify,
)
from ledger.config import Settings
from ledger.logs import configure
from ledger.services import House, build

if TYPE_CHECKING:
    from flask import Blueprint

V1: tuple[Blueprint, ...] = (
    networks.bp,
    epochs.bp,
    firms.bp,
    personal_data.bp,
    collaborations.bp,
    steps.bp,
    consents.bp,
    referrals.bp,
    activity.bp,
    benefits.bp,
    verifications.bp,
    keys.bp,
    invoices.bp,
    log.bp,
    openapi.bp,
)
ROOT: tuple[Blueprint, ...] = (health.bp, docs.bp, help_score.bp, verifications.well_known, verify.bp)

# The service serves no active content; a page of a later release widens this for itself.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
logger = logging.getLogger("ledger.requests")


class Ordinal(IntegerConverter):
    """A number in an address, from 1, in the digits of ASCII: one spelling for one thing."""

    regex = "[1-9][0-9]{0,8}"


def create_app(house: House | None = None) -> Flask:
    """Build the application on this house, by default on one built from the environment."""
    if house is None:
        settings = Settings.from_environment()
        configure(settings.log_level)
        house = build(settings)
    app = Flask("ledger", static_folder=None, template_folder="api/templates")
    app.extensions["house"] = house
    app.json.sort_keys = False  # type: ignore[attr-defined]  # answers read as they are written
    app.url_map.strict_slashes = False
    app.url_map.merge_slashes = False  # a doubled slash is another address, and no redirect to this one
    app.url_map.converters = {**app.url_map.converters, "int": Ordinal}
    for blueprint in V1:
        app.register_blueprint(blueprint, url_prefix="/v1")
    for blueprint in ROOT:
        app.register_blueprint(blueprint)
    problems.register(app)
    app.before_request(_begin)
    app.after_request(_finish)
    return app


def _begin() -> None:
    g.request_id, g.began = str(uuid4()), time.monotonic()
    settings = credentials.house().settings
    large = request.endpoint == "invoices.read"
    request.max_content_length = settings.document_limit if large else settings.body_limit


def _finish(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    logger.info(
        "answered",
        extra={
            "request_id": g.request_id,
            "method": request.method,
            "route": str(request.url_rule) if request.url_rule else None,
            "status": response.status_code,
            "milliseconds": round((time.monotonic() - g.began) * 1000, 1),
        },
    )
    return response
