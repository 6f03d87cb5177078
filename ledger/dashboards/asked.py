"""What the address of a page asks for, read by the same schemas as over the interface."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import request

from ledger.web.schemas.loading import load

if TYPE_CHECKING:
    from marshmallow import Schema


def asked(schema: Schema) -> dict[str, Any]:
    """Return what the address says for this schema; a form sends what was left empty, which asks for nothing."""
    names = {field.data_key or name for name, field in schema.fields.items()}
    found: dict[str, Any] = load(schema, {name: text for name, text in request.args.items() if name in names and text})
    return found
