"""What a page says when it cannot be shown: what happened, and what to do now."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from flask import Blueprint, Response, g, make_response
from werkzeug.exceptions import HTTPException

from ledger.dashboards.frame import render, render_to_nobody
from ledger.domain.errors import InvalidRequest, LedgerError, TooManyAttempts
from ledger.store.errors import OutcomeUnknown, StoreUnavailable
from ledger.subscriptions.database import is_trouble
from ledger.subscriptions.paging import BadCursor
from ledger.subscriptions.reading import AskedFuture, NotYet
from ledger.web import limits
from ledger.web.refusal import Refusal, status_of

if TYPE_CHECKING:
    from flask import Flask

logger = logging.getLogger(__name__)
OURS = 500  # from here on it is our side that failed
UNAVAILABLE = 503


def trouble(status: int, code: str, detail: str = "", seconds: int | None = None) -> Response:
    """Return the page of an error, with what the ledger has to say of it, or the seconds to wait.

    It must not fail with what has failed: where something is broken, the page is shown to nobody.
    """
    shown = {"status": status, "code": code, "detail": detail, "seconds": seconds, "id": g.get("request_id")}
    if status >= OURS or code == limits.CODE:  # or asking is what there was too much of
        return render_to_nobody("trouble.html", status, shown=shown)
    try:
        return render("trouble.html", status, shown=shown)
    except Exception:  # who reads it cannot be found out; what is wrong with the request can
        logger.exception("an error page without its reader")
        return render_to_nobody("trouble.html", status, shown=shown)


def _from_ledger(error: LedgerError) -> Response:
    if not isinstance(error, TooManyAttempts):
        return trouble(status_of(error), error.code, error.detail)
    response = trouble(status_of(error), error.code, seconds=error.seconds)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def from_refusal(error: Refusal) -> Response:
    """Answer what breaks a rule of HTTP itself."""
    if error.code == limits.CODE:
        response = trouble(error.status, error.code, seconds=int(error.headers["Retry-After"]))
    else:
        response = trouble(error.status, error.code, error.detail)
    response.headers.update(error.headers)
    return response


def from_http(error: HTTPException) -> Response:
    """Answer what HTTP itself has to say, as a page."""
    if error.code is not None and error.code < 400:  # noqa: PLR2004 - a redirect is an answer
        return make_response(error.get_response())
    return trouble(error.code or 500, "http")


def _from_reading(error: NotYet | AskedFuture | BadCursor) -> Response:
    if isinstance(error, NotYet):
        return trouble(504, "not-yet")
    return _from_ledger(InvalidRequest(str(error)))


def _from_fault(error: Exception) -> Response:
    if is_trouble(error) or isinstance(error, StoreUnavailable | OutcomeUnknown):
        logger.error("a database does not answer", exc_info=error)
        response = trouble(UNAVAILABLE, "unavailable")
        response.headers["Retry-After"] = "2"
        return response
    logger.error("unhandled", exc_info=error)
    return trouble(500, "internal")


def register(target: Blueprint | Flask) -> None:
    """Answer everything that goes wrong on these pages with a page."""
    target.register_error_handler(LedgerError, _from_ledger)
    target.register_error_handler(Refusal, from_refusal)
    target.register_error_handler(HTTPException, from_http)
    target.register_error_handler(NotYet, _from_reading)
    target.register_error_handler(AskedFuture, _from_reading)
    target.register_error_handler(BadCursor, _from_reading)
    target.register_error_handler(Exception, _from_fault)
