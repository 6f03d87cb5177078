"""The docs page: the OpenAPI document as something to read, with the kinds, the error codes and the story."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Blueprint, current_app, make_response, render_template

from ledger.api.codes import Code, codes
from ledger.api.openapi import document
from ledger.api.story import STORY
from ledger.domain.kinds.catalogue import KINDS
from ledger.web.schemas.queries import ListQuery

if TYPE_CHECKING:
    from flask import Response

bp = Blueprint("docs", __name__)
STYLE = (Path(__file__).parent / "assets" / "docs.css").read_bytes()
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"
)
BEHIND = 999  # every status
EVERYWHERE = frozenset(ListQuery().fields)  # explained once, under the conventions


@bp.get("/docs")
def page() -> Response:
    """Show the docs page; it is rendered once, like the document it is made of."""
    kept = current_app.extensions
    if "docs_page" not in kept:
        kept["docs_page"] = _rendered(document())
    response = make_response(kept["docs_page"])
    response.headers["Content-Security-Policy"] = POLICY
    return response


@bp.get("/docs/style.css")
def style() -> Response:
    """Show the page's stylesheet."""
    response = current_app.response_class(STYLE, mimetype="text/css")
    response.cache_control.max_age = 300  # seconds; a new release shows soon
    return response


def _rendered(described: dict[str, Any]) -> str:
    shapes = described["components"]["schemas"]
    return render_template(
        "docs.html",
        info=described["info"],
        groups=[(tag["name"], _operations(described, tag["name"])) for tag in described["tags"]],
        kinds=[(kind, shapes[f"Terms_{kind.name}"]) for kind in KINDS],
        shapes={name: shape for name, shape in sorted(shapes.items()) if not name.startswith("Terms")},
        codes=_by_status(),
        behind=BEHIND,
        story=STORY,
    )


def _operations(described: dict[str, Any], tag: str) -> list[dict[str, Any]]:
    return [
        _readable(described, path, method, operation)
        for path, operations in described["paths"].items()
        for method, operation in operations.items()
        if tag in operation["tags"]
    ]


def _readable(described: dict[str, Any], path: str, method: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [_found(described, parameter) for parameter in operation["parameters"]]
    content = operation.get("requestBody", {}).get("content", {})
    body = content.get("application/json", {}).get("schema")
    return {
        **operation,
        "path": path,
        "method": method.upper(),
        "parameters": [one for one in parameters if one["name"] not in EVERYWHERE],
        "everywhere": [one["name"] for one in parameters if one["name"] in EVERYWHERE],
        "body": _found(described, body) if body else None,
        "media_types": list(content),
        "answers": {status: one for status, one in operation["responses"].items() if "$ref" not in one},
        "troubles": [status for status, one in operation["responses"].items() if "$ref" in one],
    }


def _found(described: dict[str, Any], part: dict[str, Any]) -> dict[str, Any]:
    """Follow a reference within the document."""
    if "$ref" not in part:
        return part
    found: Any = described
    for step in part["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return dict(found)


def _by_status() -> list[tuple[int, list[Code]]]:
    """Group the codes by status; the root, which has none, comes last."""
    ranked = sorted(codes(), key=_rank)
    return [(status, list(same)) for status, same in groupby(ranked, _rank)]


def _rank(code: Code) -> int:
    return code.status or BEHIND
