"""The words that answers are described in: JSON Schema in short."""

from __future__ import annotations

from typing import Any

Shape = dict[str, Any]


def ref(name: str) -> Shape:
    """Point at another component."""
    return {"$ref": f"#/components/schemas/{name}"}


def shape(description: str, fields: Shape, *, optional: tuple[str, ...] = ()) -> Shape:
    """Describe an object; every field is always there, but for the optional ones."""
    required = [name for name in fields if name not in optional]
    return {"type": "object", "description": description, "properties": fields, "required": required}


def said(schema: Shape, description: str) -> Shape:
    """Say what a field means."""
    return {**schema, "description": description}


def nullable(schema: Shape) -> Shape:
    """Let a field be null."""
    if "$ref" in schema:
        return {"anyOf": [schema, {"type": "null"}]}
    options = {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    return {**schema, "type": [schema["type"], "null"], **options}


def many(items: Shape) -> Shape:
    """Describe a list."""
    return {"type": "array", "items": items}


def by_name(values: Shape) -> Shape:
    """Describe an object whose names are data."""
    return {"type": "object", "additionalProperties": values}


def one_of(*words: str) -> Shape:
    """Describe one of a few words."""
    return {"type": "string", "enum": list(words)}


def page(of: str) -> Shape:
    """Describe one page of a list."""
    following = said(nullable(TEXT), "the cursor of the next page, null on the last one")
    return shape("One page of a list.", {"items": many(ref(of)), "next": following})


TEXT: Shape = {"type": "string"}
ID: Shape = {"type": "string", "format": "uuid"}
DAY: Shape = {"type": "string", "format": "date"}
TIME: Shape = {"type": "string", "format": "date-time"}
YES: Shape = {"type": "boolean"}
COUNT: Shape = {"type": "integer", "minimum": 0}
SHARE: Shape = {"type": "number", "minimum": 0, "maximum": 1}
MONIES = many(ref("Money"))
VERSION = said(COUNT, "rises with every change; the ETag")
POSITION = said(COUNT, "the place in the log")
TRUE_AT = {"position": said(COUNT, "the place in the log that this is true for"), "as_of": said(TIME, "its time")}
SHA256: Shape = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
IDENTIFIERS = by_name(TEXT)
IDENTITY: Shape = {
    "id": ID,
    "network": ID,
    "name": TEXT,
    "legal_form": nullable(TEXT),
    "country": TEXT,
    "town": nullable(TEXT),
    "nace": said(nullable(TEXT), "its sector, a NACE code"),
    "identifiers": said(IDENTIFIERS, "register numbers by scheme"),
    "sole_proprietor": YES,
    "verified": said(YES, "the coordinator compared it with a register"),
    "admitted_at": TIME,
}
VERIFICATION: Shape = {"register": TEXT, "extract": TEXT, "on": DAY, "recorded_at": TIME}
CONCENTRATION = shape(
    "How much hangs on few partners.",
    {
        "hhi": said(nullable(SHARE), "sum of the squared shares; 1 with a single partner"),
        "largest_share": nullable(SHARE),
        "basis": said(one_of("volume", "jobs"), "what the shares are shares of"),
    },
)
SPREAD_SHARES: Shape = {
    "counterparties": COUNT,
    "hhi": nullable(SHARE),
    "largest_share": nullable(SHARE),
    "cross_border_share": nullable(SHARE),
}
SPREAD = shape(
    "How work spreads over partners, on every basis there is; currencies are never added.",
    {
        "jobs": shape("By number of jobs.", {"jobs": COUNT, **SPREAD_SHARES}),
        "currencies": many(shape("By volume.", {"jobs": COUNT, "volume": ref("Money"), **SPREAD_SHARES})),
    },
)
COUNTED_DISPUTES = dict.fromkeys(("open", "settled", "in_favour", "against"), COUNT)
