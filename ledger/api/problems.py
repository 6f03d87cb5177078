"""Every answer that is not what was asked for: RFC 9457 problems."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from flask import Flask, Response, g, json, request
from werkzeug.exceptions import HTTPException

from ledger.api.titles import TITLES
from ledger.domain.errors import Fault, InvalidRequest, LedgerError, TooManyAttempts
from ledger.store.errors import OutcomeUnknown, StoreUnavailable
from ledger.subscriptions.database import is_trouble
from ledger.subscriptions.paging import BadCursor
from ledger.subscriptions.reading import AskedFuture, NotYet
from ledger.web.languages import LANGUAGES, preferred
from ledger.web.refusal import Refusal, status_of

if TYPE_CHECKING:
    from collections.abc import Sequence

logger = logging.getLogger(__name__)

MOST_FAULTS = 50  # a body may hold a fault for every few of its bytes; an answer must not grow with them
HTTP_CODES = {
    400: "malformed",
    401: "unauthenticated",
    404: "not-found",
    405: "method-not-allowed",
    406: "not-acceptable",
    413: "body-too-large",
    414: "malformed",
    415: "unsupported-media-type",
    431: "malformed",
}


def problem(status: int, code: str, detail: str, faults: Sequence[Fault] = ()) -> Response:
    """Return a problem document with its title in the caller's language."""
    body: dict[str, Any] = {
        "type": f"/docs#{code}",
        "title": title(code),
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": g.get("request_id"),
    }
    if faults:
        body["errors"] = [{"pointer": fault.pointer, "detail": fault.detail} for fault in faults[:MOST_FAULTS]]
    return Response(json.dumps(body), status, content_type="application/problem+json")


def title(code: str) -> str:
    """Return the title of an error code in the language the caller prefers."""
    return TITLES[code][LANGUAGES.index(preferred())]


def from_ledger(error: LedgerError) -> Response:
    """Answer an error of the domain."""
    response = problem(status_of(error), error.code, error.detail, error.faults)
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(error.seconds)
    return response


def from_refusal(error: Refusal) -> Response:
    """Answer what breaks a rule of HTTP itself."""
    response = problem(error.status, error.code, error.detail)
    response.headers.update(error.headers)
    return response


def from_http(error: HTTPException) -> Response:
    """Answer what HTTP itself has to say, as a problem."""
    status = error.code or 500
    allowed = error.get_response().headers.get("Allow")
    response = problem(status, HTTP_CODES.get(status, "malformed"), _advice(status, allowed) or error.name)
    if allowed:
        response.headers["Allow"] = allowed
    return response


def _advice(status: int, allowed: str | None) -> str | None:
    """Say what right looks like; what Werkzeug says of it speaks to people at a browser."""
    return {
        404: "There is no such address; /v1/openapi.json lists them all.",
        405: f"This address takes {allowed}.",
        413: f"A body here has at most {request.max_content_length} bytes.",
    }.get(status)


def _from_not_yet(error: NotYet) -> Response:
    return problem(504, "not-yet", f"The answer stands at position {error.position}, not yet at {error.min_position}.")


def _from_future(error: AskedFuture) -> Response:
    return from_ledger(InvalidRequest(f"The ledger answers up to now, not beyond: {error}."))


def _from_cursor(error: BadCursor) -> Response:
    return from_ledger(InvalidRequest(str(error)))


def _from_unknown_outcome(error: OutcomeUnknown) -> Response:
    logger.error("outcome unknown: %s", error)
    detail = "The connection broke while recording. Repeat the request with the same key; it is recorded once at most."
    return problem(503, "outcome-unknown", detail)


def _from_unavailable(error: Exception) -> Response:
    logger.error("a database does not answer", exc_info=error)
    response = problem(503, "unavailable", "The ledger does not answer just now; nothing was recorded. Try again.")
    response.headers["Retry-After"] = "2"
    return response


def _from_fault(error: Exception) -> Response:
    if is_trouble(error):
        return _from_unavailable(error)
    logger.error("unhandled", exc_info=error)
    return problem(500, "internal", "Something went wrong on our side; the request id helps us find it.")


def register(app: Flask) -> None:
    """Answer everything that goes wrong as a problem document."""
    app.register_error_handler(LedgerError, from_ledger)
    app.register_error_handler(Refusal, from_refusal)
    app.register_error_handler(HTTPException, from_http)
    app.register_error_handler(NotYet, _from_not_yet)
    app.register_error_handler(AskedFuture, _from_future)
    app.register_error_handler(BadCursor, _from_cursor)
    app.register_error_handler(OutcomeUnknown, _from_unknown_outcome)
    app.register_error_handler(StoreUnavailable, _from_unavailable)
    app.register_error_handler(Exception, _from_fault)
