"""One contract becomes one operation of the OpenAPI document."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ledger.api.components import IDEMPOTENCY_KEY
from ledger.api.schemas.answers.catalogue import ANSWERS, BAD_NEWS
from ledger.api.schemas.answers.shapes import ref
from ledger.web.schemas.queries import EventsQuery, ListQuery, ReadQuery

if TYPE_CHECKING:
    from ledger.api.endpoint import Contract

JSON = "application/json"
TEXT = "text/plain"
RECORDING = (201, 204)
ARGUMENT = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")
CONVERTED = {
    "uuid": {"schema": {"type": "string", "format": "uuid"}, "description": "its id"},
    "int": {"schema": {"type": "integer", "minimum": 1}, "description": "its number"},
    "path": {"schema": {"type": "string"}, "description": "its path"},
}
WATCHED = ("/health", "/metrics")
REQUIRED_KEY = {**IDEMPOTENCY_KEY, "required": True}


def path_of(rule: str) -> str:
    """Turn Flask's rule into OpenAPI's path: /firms/<uuid:firm> is /firms/{firm}."""
    return ARGUMENT.sub(lambda found: "{" + _argument(found) + "}", rule)


def operation(rule: str, contract: Contract, words: str) -> dict[str, Any]:
    """Describe what a contract promises; `words` is what its view says of itself."""
    described: dict[str, Any] = {
        "summary": contract.summary,
        "description": words,
        "x-roles": contract.roles,
        "parameters": _parameters(rule, contract),
        "responses": _responses(rule, contract),
    }
    if contract.public:
        described["security"] = []
    if content := _content(contract):
        needed = contract.body is None or any(field.required for field in contract.body.fields.values())
        described["requestBody"] = {"required": needed, "content": content}
    return described


def _argument(found: re.Match[str]) -> str:
    return found["name"].rstrip("_")


def _parameters(rule: str, contract: Contract) -> list[Any]:
    parameters: list[Any] = [
        {"name": _argument(found), "in": "path", "required": True, **CONVERTED[found["converter"]]}
        for found in ARGUMENT.finditer(rule)
    ]
    if contract.changes:
        parameters.append("IfMatch")
    if contract.creates:
        parameters.append(REQUIRED_KEY if contract.keyed else "IdempotencyKey")
    if contract.query is not None:
        parameters.append({"in": "query", "schema": contract.query})
    return parameters


def _content(contract: Contract) -> dict[str, Any]:
    if contract.body is not None:
        return {JSON: {"schema": contract.body}}
    if contract.media_types == (JSON,):
        return {}
    return {media_type: {"schema": {}} for media_type in contract.media_types}  # in 3.1, any bytes


def _responses(rule: str, contract: Contract) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "Done."}
    headers = _headers(rule, contract)
    good["headers"] = {name: {"$ref": f"#/components/headers/{name}"} for name in headers}
    forms = [*([(JSON, contract.answer)] if contract.answer else []), *contract.served]
    if forms:
        good["description"] = ANSWERS[forms[0][1]]["description"]
        good["content"] = {media_type: {"schema": ref(answer)} for media_type, answer in forms}
    if contract.raw is not None:
        good["content"] = {contract.raw: {"schema": {"type": "string"} if contract.raw == TEXT else {}}}
    answers = {str(contract.status): good}
    troubles = {status: f"Problem{status}" for status in sorted(_troubles(rule, contract))}
    if contract.answer in BAD_NEWS:
        answers[str(BAD_NEWS[contract.answer])] = good
    return {**answers, **{str(status): name for status, name in troubles.items() if str(status) not in answers}}


def _headers(rule: str, contract: Contract) -> list[str]:
    """Name the headers of a good answer, as ledger.api.reading and ledger.api.conditional set them."""
    reads = isinstance(contract.query, ReadQuery)
    records = contract.changes or contract.status in RECORDING
    versioned = "version" in ANSWERS.get(contract.answer or "", {}).get("properties", {})
    said = {
        "ETag": records or (reads and versioned),
        "Ledger-Position": records or reads or contract.body is not None,
        "Location": contract.status == 201,  # noqa: PLR2004 - Created
        "Link": isinstance(contract.query, ListQuery | EventsQuery),
        "X-Request-Id": True,
        "RateLimit-Policy": _limited(rule),
        "RateLimit": _limited(rule),
    }
    return [name for name, given in said.items() if given]


def _limited(rule: str) -> bool:
    """Tell whether requests to this address are counted: those of whoever watches the service are not."""
    return not rule.startswith(WATCHED)


def _troubles(rule: str, contract: Contract) -> set[int]:
    """Return the statuses of the problems that this operation may answer."""
    sends, reads = bool(_content(contract)), isinstance(contract.query, ReadQuery)
    commands, addressed = contract.method != "GET", ARGUMENT.search(rule) is not None
    possible = {
        (500, 503): True,
        (401,): not contract.public,
        (429,): _limited(rule),
        (422,): sends or contract.query is not None,
        (400, 413): sends,
        (415,): contract.body is not None,
        (403, 409): commands,
        (404,): addressed or contract.absent,
        (412,): commands and addressed,
        (400, 428): contract.changes,
        (504,): reads or contract.waits,
        (406,): len(contract.served) > 1,
    }
    return {status for statuses, may in possible.items() if may for status in statuses}
