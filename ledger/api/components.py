"""The parts that the OpenAPI document's operations point at: shapes, headers, problems, security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ledger.api.codes import codes
from ledger.api.schemas.answers.catalogue import ANSWERS
from ledger.api.schemas.answers.shapes import COUNT, ID, TEXT, many, nullable, ref, said, shape
from ledger.domain.kinds.catalogue import BY_NAME, KINDS
from ledger.domain.kinds.terms import fields_schema
from ledger.domain.money import AMOUNT, MINOR_UNITS
from ledger.web.schemas.fields import KEY

if TYPE_CHECKING:
    from apispec import APISpec

PROBLEM_JSON = "application/problem+json"

MONEY = {
    "type": "object",
    "description": "An exact amount in one currency.",
    "properties": {
        "amount": {"type": "string", "pattern": f"^{AMOUNT.pattern.removeprefix('-?')}$", "examples": ["48200.00"]},
        "currency": {"type": "string", "enum": list(MINOR_UNITS), "description": "ISO 4217"},
    },
    "required": ["amount", "currency"],
    "additionalProperties": False,
}
FAULT = shape("What is wrong.", {"pointer": said(TEXT, "a JSON pointer into the body"), "detail": TEXT})

HEADERS = {
    "ETag": ("The version, in quotes; send it back as If-Match.", {"type": "string", "pattern": '^"[0-9]{1,18}"$'}),
    "Ledger-Position": ("The place in the log that the answer is true for.", COUNT),
    "Location": ("Where it can be read.", {"type": "string", "format": "uri-reference"}),
    "Link": ('The next page, as <…>; rel="next".', TEXT),
    "X-Request-Id": ("Names this request in our logs.", ID),
    "RateLimit-Policy": ("How many requests (q) in how many seconds (w).", TEXT),
    "RateLimit": ("How many are left (r) for how many seconds (t).", TEXT),
    "Retry-After": ("Seconds until another try makes sense.", COUNT),
    "WWW-Authenticate": ("How to authenticate.", TEXT),
    "Allow": ("The methods that the address takes.", TEXT),
}
IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": "any text of your own, new for each record and the same when you repeat it",
    "schema": {"type": "string", "pattern": f"^{KEY.pattern}$"},
}
IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": True,
    "description": "the ETag that the decision rests on, or * for whatever it is by now",
    "schema": {"type": "string", "pattern": r'^("[0-9]{1,18}"|\*)$'},
}


def add_shapes(spec: APISpec) -> None:
    """Add what is answered, money, and the terms of every kind."""
    spec.components.schema("Money", MONEY)
    for kind in KINDS:
        terms = {**fields_schema(kind.fields), "title": kind.name, "description": kind.summary}
        spec.components.schema(f"Terms_{kind.name}", terms)
    # Terms alone do not tell their kind: a value and a period make both a subcontract and a joint order.
    spec.components.schema("Terms", {"anyOf": _terms(), "description": "Terms of the collaboration's kind."})
    for name, answer in ANSWERS.items():
        spec.components.schema(name, answer)
    spec.components.schema("Problem", _problem())


def add_surroundings(spec: APISpec) -> None:
    """Add headers, parameters, the answer for every status that means trouble, and how to authenticate."""
    for name, (description, schema) in HEADERS.items():
        spec.components.header(name, {"description": description, "schema": schema})
    spec.components.parameter("IfMatch", "header", IF_MATCH)
    spec.components.parameter("IdempotencyKey", "header", IDEMPOTENCY_KEY)
    for status in sorted({code.status for code in codes() if code.status}):
        spec.components.response(f"Problem{status}", _trouble(status))
    spec.components.security_scheme(
        "key",
        {
            "type": "http",
            "scheme": "bearer",
            "bearerFormat": "cl_…",
            "description": "An API key, or a client's access token.",
        },
    )


def _terms() -> list[dict[str, Any]]:
    return [ref(f"Terms_{name}") for name in BY_NAME]


def _problem() -> dict[str, Any]:
    about = {
        "type": said({"type": "string", "format": "uri-reference"}, "where the code is explained"),
        "title": said(TEXT, "in the language that Accept-Language prefers: en, de or da"),
        "status": {"type": "integer", "minimum": 400, "maximum": 599},
        "detail": TEXT,
        "code": {"type": "string", "enum": [code.code for code in codes()]},
        "request_id": nullable(ID),
        "errors": said(many(FAULT), "what to mend, one entry a place"),
    }
    return shape("A problem, RFC 9457.", about, optional=("errors",))


def _trouble(status: int) -> dict[str, Any]:
    of_status = [code for code in codes() if code.status == status]
    names = [
        "X-Request-Id",
        *{401: ["WWW-Authenticate"], 405: ["Allow"], 429: ["Retry-After"], 503: ["Retry-After"]}.get(status, []),
    ]
    return {
        "description": " · ".join(f"{code.code}: {code.title}" for code in of_status),
        "headers": {name: {"$ref": f"#/components/headers/{name}"} for name in names},
        "content": {PROBLEM_JSON: {"schema": ref("Problem")}},
    }
