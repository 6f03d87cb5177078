"""The part of JSON Schema 2020-12 that kinds use: what is a schema, and which values fit it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID

MONEY = {
    "type": "object",
    "properties": {"amount": {"type": "string"}, "currency": {"type": "string"}},
    "required": ["amount", "currency"],
    "additionalProperties": False,
}
REFERENCES: dict[str, Mapping[str, Any]] = {"#/components/schemas/Money": MONEY}
TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
}
FORMATS: dict[str, Any] = {"date": date.fromisoformat, "uuid": UUID}
NON_NEGATIVE = ("minLength", "maxLength", "minItems", "maxItems")


def flaws(schema: object, pointer: str = "") -> Iterable[str]:
    """Yield what is wrong with a schema: unknown keywords are misspelt ones, which validators pass over."""
    if not isinstance(schema, Mapping):
        yield f"{pointer}: no object"
        return
    for word, value in schema.items():
        if word not in KEYWORDS or not KEYWORDS[word](value):
            yield f"{pointer}/{word}: {value!r}"
    for name, inner in _inner(schema):
        yield from flaws(inner, f"{pointer}/{name}")
    if not set(schema.get("required", ())) <= set(schema.get("properties", ())):
        yield f"{pointer}/required: names no property"


def fits(value: Any, schema: Mapping[str, Any]) -> bool:
    """Tell whether a JSON value is valid against a schema."""
    schema = REFERENCES[schema["$ref"]] if "$ref" in schema else schema
    return _right_type(value, schema.get("type")) and all(
        CHECKS[word](value, limit, schema) for word, limit in schema.items() if word in CHECKS
    )


def _right_type(value: Any, name: str | None) -> bool:
    return name is None or (isinstance(value, TYPES[name]) and not isinstance(value, bool))


def _inner(schema: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    yield from ((f"properties/{name}", inner) for name, inner in schema.get("properties", {}).items())
    yield from ((f"oneOf/{n}", inner) for n, inner in enumerate(schema.get("oneOf", ())))
    yield from (("items", schema[word]) for word in ("items",) if word in schema)


def _is_format(value: str, name: str) -> bool:
    try:
        FORMATS[name](value)
    except ValueError:
        return False
    return True


def _words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(word, str) for word in value) and _unique(value)


def _unique(value: list[str]) -> bool:
    return len(set(value)) == len(value)


def _count(value: object) -> bool:
    return isinstance(value, int) and value >= 0


KEYWORDS: dict[str, Any] = {
    "type": lambda value: value in TYPES,
    "properties": lambda value: isinstance(value, Mapping),
    "required": _words,
    "additionalProperties": lambda value: value is False,
    "items": lambda value: isinstance(value, Mapping),
    "oneOf": lambda value: isinstance(value, list) and len(value) > 0,
    "enum": lambda value: _words(value) and len(value) > 0,
    "pattern": lambda value: value[0] == "^" and value[-1] == "$" and bool(re.compile(value)),
    "format": lambda value: value in FORMATS,
    "minimum": lambda value: isinstance(value, (int, float)),
    "maximum": lambda value: isinstance(value, (int, float)),
    "description": lambda value: isinstance(value, str) and len(value) > 0,
    "$ref": lambda value: value in REFERENCES,
    **dict.fromkeys(NON_NEGATIVE, _count),
}
CHECKS: dict[str, Any] = {
    "enum": lambda value, words, _: value in words,
    "pattern": lambda value, pattern, _: re.search(pattern, value) is not None,
    "format": lambda value, name, _: _is_format(value, name),
    "minimum": lambda value, limit, _: value >= limit,
    "maximum": lambda value, limit, _: value <= limit,
    "minLength": lambda value, limit, _: len(value) >= limit,
    "maxLength": lambda value, limit, _: len(value) <= limit,
    "minItems": lambda value, limit, _: len(value) >= limit,
    "maxItems": lambda value, limit, _: len(value) <= limit,
    "items": lambda value, inner, _: all(fits(item, inner) for item in value),
    "required": lambda value, names, _: set(names) <= set(value),
    "properties": lambda value, inner, _: all(fits(value[k], inner[k]) for k in value if k in inner),
    "additionalProperties": lambda value, _, schema: set(value) <= set(schema["properties"]),
    "oneOf": lambda value, inner, _: sum(fits(value, one) for one in inner) == 1,
}
