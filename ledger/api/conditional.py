"""If-Match, Idempotency-Key and what a command's answer says in headers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from flask import Response, jsonify, request

from ledger.web.refusal import Refusal
from ledger.web.schemas.fields import KEY

if TYPE_CHECKING:
    from ledger.application.ledger import Receipt

ETAG = re.compile(r'"(\d{1,18})"', re.ASCII)


def expected_version() -> int | None:
    """Return the version that If-Match names, None for `*`; raise `Refusal` when it is missing or malformed."""
    header = request.headers.get("If-Match")
    if header is None:
        detail = 'Send If-Match with the ETag that you decided on, such as "3".'
        raise Refusal(428, "precondition-required", detail)
    if header.strip() == "*":
        return None
    found = ETAG.fullmatch(header.strip())
    if found is None:
        raise Refusal(400, "malformed", 'If-Match holds one ETag as it was given, such as "3".')
    return int(found[1])


def idempotency_key(*, required: bool) -> str:
    """Return the caller's key, or a fresh one where none is required; raise `Refusal` when missing or malformed."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        if required:
            detail = "Send an Idempotency-Key: any text of your own, new for each record, the same on a repetition."
            raise Refusal(400, "idempotency-key-missing", detail)
        return str(uuid4())
    if not KEY.fullmatch(key):
        raise Refusal(400, "malformed", "An Idempotency-Key has 1 to 200 visible ASCII characters without spaces.")
    return key


def receipt_body(receipt: Receipt) -> dict[str, Any]:
    """Return a receipt as JSON."""
    state = {"state": receipt.state} if receipt.state is not None else {}
    return {"id": str(receipt.id), "version": receipt.version, "position": receipt.position, **state}


def recorded(receipt: Receipt, location: str, **more: Any) -> Response:
    """Answer 201 for what was recorded."""
    return showing(receipt, location, {**receipt_body(receipt), **more})


def showing(receipt: Receipt, location: str, body: dict[str, Any]) -> Response:
    """Answer 201 with a body of its own."""
    response = jsonify(body)
    response.status_code = 201
    response.headers["Location"] = location
    return _stamped(response, receipt)


def changed(receipt: Receipt) -> Response:
    """Answer 200 for what was changed."""
    return _stamped(jsonify(receipt_body(receipt)), receipt)


def gone(receipt: Receipt) -> Response:
    """Answer 204 for what is no longer in force."""
    return _stamped(Response(status=204), receipt)


def _stamped(response: Response, receipt: Receipt) -> Response:
    response.headers["ETag"] = f'"{receipt.version}"'
    response.headers["Ledger-Position"] = str(receipt.position)
    return response
