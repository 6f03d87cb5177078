"""From marshmallow to JSON Schema: apispec's converter, with what it gets wrong mended."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from apispec.ext.marshmallow import MarshmallowPlugin
from apispec.ext.marshmallow.openapi import OpenAPIConverter
from marshmallow import fields

from ledger.api.schemas.answers.shapes import nullable, ref
from ledger.api.schemas.wording import wording
from ledger.domain.kinds.catalogue import BY_NAME

if TYPE_CHECKING:
    from marshmallow import Schema

    Field = fields.Field[Any]

BOUNDS = ("minimum", "maximum")


class Converter(OpenAPIConverter):
    """Turns a schema's class into valid JSON Schema, and adds what marshmallow cannot say."""

    def init_attribute_functions(self) -> None:
        """Mend what apispec's own functions make of a field."""
        super().init_attribute_functions()  # type: ignore[no-untyped-call]
        self.add_attribute_function(_mended)  # type: ignore[no-untyped-call]

    def schema2jsonschema(self, schema: Schema) -> dict[str, Any]:
        """Describe a schema; a body that names its kind takes the terms of that kind."""
        described: dict[str, Any] = super().schema2jsonschema(schema)  # type: ignore[no-untyped-call]
        described["description"] = (type(schema).__doc__ or "").strip()
        return {**described, **({"oneOf": _by_kind()} if {"kind", "terms"} <= schema.fields.keys() else {})}


class Plugin(MarshmallowPlugin):
    """The plugin of apispec with that converter."""

    Converter = Converter


def _mended(_: OpenAPIConverter, field: Field, ret: dict[str, Any]) -> dict[str, Any]:
    """Return what replaces or adds to `ret`, which is what apispec made of the field.

    It leaves Python's "backslash Z" in patterns, which no other language reads, and bounds that are no JSON numbers
    where a field is a decimal.
    """
    changes: dict[str, Any] = {name: float(ret[name]) for name in BOUNDS if isinstance(ret.get(name), (Decimal, str))}
    if isinstance(field, fields.Decimal) and field.as_string:
        types = ret["type"] if isinstance(ret["type"], list) else [ret["type"]]
        changes["type"] = ["string" if one == "number" else one for one in types]
    if "pattern" in ret:
        changes["pattern"] = ret["pattern"].replace(r"\Z", "$")
    if (text := wording(field)) is not None:
        changes["description"] = text
    return {**changes, **_of_kinds(field)}


def _of_kinds(field: Field) -> dict[str, Any]:
    """Describe what the kinds check themselves, so that the schemas do not know it."""
    if field.name == "terms" and isinstance(field, fields.Raw):
        return nullable(ref("Terms")) if field.allow_none else ref("Terms")
    if field.name == "kind":
        return {"enum": list(BY_NAME)}
    if field.name == "items" and isinstance(field, fields.List):
        return {"items": ref("BatchItem")}
    return {}


def _by_kind() -> list[dict[str, Any]]:
    return [{"title": name, "properties": {"kind": {"const": name}, "terms": ref(f"Terms_{name}")}} for name in BY_NAME]
