"""The layer between Flask and a view: who calls, what was sent, and the contract that OpenAPI is read from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote_to_bytes

from flask import request

from ledger.api.credentials import authenticate
from ledger.api.scopes import needed
from ledger.domain.errors import Fault, InvalidRequest
from ledger.web.json_body import read_json, unsafe_text
from ledger.web.refusal import Refusal
from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Blueprint
    from flask.typing import ResponseReturnValue
    from marshmallow import Schema

    View = Callable[..., ResponseReturnValue]


@dataclass(frozen=True, slots=True)
class Contract:
    """What a caller has to know of an endpoint; the OpenAPI document is made of these."""

    method: str
    summary: str
    roles: str
    body: Schema | None = None
    query: Schema | None = None
    answer: str | None = None
    status: int = 200
    public: bool = False
    changes: bool = False  # carries If-Match
    creates: bool = False  # carries Idempotency-Key
    keyed: bool = False  # and must carry it
    raw: str | None = None  # the media type of an answer that is no JSON
    absent: bool = False  # may have nothing to show yet, with no argument in its address
    media_types: tuple[str, ...] = ("application/json",)
    waits: bool = False  # for the newest events, though nothing in the query asks for it
    served: tuple[tuple[str, str], ...] = ()  # what is answered besides JSON: media type and shape


def endpoint(blueprint: Blueprint, rule: str, contract: Contract) -> Callable[[View], View]:
    """Register a view under a rule; it gets `query` and `body` as its schemas load them."""

    def register(view: View) -> View:
        scopes = () if contract.public else needed(f"{blueprint.name}.{view.__name__}", contract.method)

        @wraps(view)
        def guarded(**path: Any) -> ResponseReturnValue:
            if not contract.public:
                authenticate(scopes)
            return view(**path, **_loaded(contract))

        guarded.contract = contract  # type: ignore[attr-defined]
        blueprint.add_url_rule(rule, view.__name__, guarded, methods=[contract.method])
        return view

    return register


def _loaded(contract: Contract) -> dict[str, Any]:
    loaded = {}
    if contract.query is not None:
        loaded["query"] = load(contract.query, _query_arguments())
    if contract.body is not None:
        needed = any(field.required for field in contract.body.fields.values())
        loaded["body"] = load(contract.body, read_json(optional=not needed))
    return loaded


def _query_arguments() -> dict[str, str]:
    try:
        unquote_to_bytes(request.query_string).decode()
    except UnicodeDecodeError as error:  # Flask would keep such bytes as they are escaped: "%FF"
        raise Refusal(400, "malformed", "The query string is not UTF-8.") from error
    arguments = {}
    for name, values in request.args.lists():
        wrong = unsafe_text(name) or unsafe_text(values[0]) or ("Give it once." if len(values) > 1 else None)
        if wrong:
            raise InvalidRequest(wrong, faults=[Fault(f"/{name[:100]}", wrong)])
        arguments[name] = values[0]
    return arguments
