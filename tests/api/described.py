"""Holding answers against the OpenAPI document: every one, while a test runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from flask import request

from ledger.api.openapi import document
from ledger.api.operations import path_of

if TYPE_CHECKING:
    from flask import Flask, Response

SOMETIMES = {"RateLimit", "RateLimit-Policy", "Link", "Retry-After", "X-Request-Id"}  # the last is added behind this
TELLING = {"ETag", "Location", "Ledger-Position", "Link", "Retry-After", "WWW-Authenticate"}


class Described:
    """Compares every answer of an application with what the document promises of it."""

    def __init__(self, app: Flask) -> None:
        self.seen: set[str] = set()  # the components answered so far
        self.faults: list[str] = []
        self._jsonschema = pytest.importorskip("jsonschema", reason="openapi-spec-validator is not installed")
        app.after_request(self._compare)

    def _compare(self, response: Response) -> Response:
        made = document()
        if request.url_rule is None or request.url_rule.endpoint.startswith("docs."):
            return response
        operation = made["paths"][path_of(request.url_rule.rule)][request.method.lower()]
        promised = operation["responses"].get(str(response.status_code))
        if promised is None:
            self.faults.append(f"{request.method} {request.path}: {response.status_code} is not foreseen")
            return response
        if "$ref" in promised:
            promised = made["components"]["responses"][promised["$ref"].split("/")[-1]]
        self._compare_headers(promised, response)
        schema = promised.get("content", {}).get(response.mimetype, {}).get("schema", {})
        if "$ref" in schema:
            self._compare_body(made, schema, _content(response))
        return response

    def _compare_headers(self, promised: Any, response: Response) -> None:
        told, given = set(promised.get("headers", {})), set(response.headers.keys())
        wrong = (told - given - SOMETIMES) | ((given & TELLING) - told)
        self.faults += [f"{request.method} {request.path}: header {name}" for name in wrong]

    def _compare_body(self, made: Any, schema: Any, answer: object) -> None:
        self.seen.add(schema["$ref"].split("/")[-1])
        closed = {**schema, "components": {"schemas": _closed(made["components"]["schemas"])}}
        validator = self._jsonschema.Draft202012Validator(
            closed, format_checker=self._jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        wrong = validator.iter_errors(answer)
        self.faults += [f"{request.method} {request.path}: {one.json_path}: {one.message[:200]}" for one in wrong]


def _content(response: Response) -> object:
    return response.get_json() if response.is_json else response.get_data(as_text=True)


def _closed(schema: Any) -> Any:
    """Allow no field beside the ones that are described: here everything answered must be."""
    if isinstance(schema, list):
        return [_closed(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    closed = {name: _closed(one) for name, one in schema.items()}
    if closed.get("type") == "object" and isinstance(closed.get("properties"), dict):
        closed.setdefault("additionalProperties", False)
    return closed
