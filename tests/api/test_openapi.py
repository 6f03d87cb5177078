"""The OpenAPI document is valid, complete, and says what the schemas check."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from apispec import APISpec
from marshmallow import Schema, fields, validate

from ledger.api.converter import Plugin
from ledger.api.openapi import contracts
from ledger.api.titles import TITLES
from ledger.domain.kinds.catalogue import KINDS
from tests.api.jobs import body
from tests.api.world import World
from tests.dashboards.rules import is_page


@pytest.fixture
def document(world: World) -> Any:
    """The document as anybody reads it."""
    return world.anyone.read("/openapi.json")


def operations(document: Any) -> dict[str, Any]:
    """Every operation by its id."""
    return {one["operationId"]: one for path in document["paths"].values() for one in path.values()}


def valid(document: Any, component: str, instance: object) -> bool:
    """Whether the instance has the shape of the component."""
    jsonschema = pytest.importorskip("jsonschema", reason="openapi-spec-validator is not installed")
    schema = {"$ref": f"#/components/schemas/{component}", "components": document["components"]}
    return bool(jsonschema.Draft202012Validator(schema).is_valid(instance))


def test_document_is_valid(document: Any) -> None:
    """A strict reader of OpenAPI 3.1 takes the document."""
    validator = pytest.importorskip("openapi_spec_validator")
    validator.validate(document, cls=validator.OpenAPIV31SpecValidator)
    assert document["openapi"].startswith("3.1")


def test_every_endpoint_is_described(world: World, document: Any) -> None:
    """Whatever takes requests stands in the document, but for the pages to read."""
    declared = {name.replace(".", "_") for _, name, _, _ in contracts(world.app)}
    assert declared == operations(document).keys()
    served = {rule.rule for rule in world.app.url_map.iter_rules() if not is_page(rule)}
    assert served - {rule for rule, *_ in contracts(world.app)} == {"/docs", "/docs/style.css"}


def test_document_is_made_once(world: World) -> None:
    """The second reader gets what the first one got, and nobody needs a key."""
    first, second = world.anyone.get("/openapi.json"), world.anyone.get("/openapi.json")
    assert (first.status_code, first.data) == (200, second.data)


def test_every_good_answer_has_a_shape(document: Any) -> None:
    """Only what answers without a body has none."""
    for name, one in operations(document).items():
        for status, answer in one["responses"].items():
            if "$ref" not in answer:
                assert ("content" in answer) == (status != "204"), (name, status)


def test_headers_are_asked_for(document: Any) -> None:
    """A step needs If-Match; what creates takes an Idempotency-Key, which joint work and offers need."""
    every = operations(document)
    assert {"$ref": "#/components/parameters/IfMatch"} in every["steps_accept"]["parameters"]
    assert document["components"]["parameters"]["IfMatch"]["required"] is True
    assert {"$ref": "#/components/parameters/IdempotencyKey"} in every["firms_admit"]["parameters"]
    for name in ("collaborations_propose", "offers_offer"):
        key = next(one for one in every[name]["parameters"] if one.get("name") == "Idempotency-Key")
        assert key["required"] is True


def test_only_public_endpoints_need_no_key(world: World, document: Any) -> None:
    """Everything else answers 401 without a key, and says so."""
    every = operations(document)
    for _, name, contract, _ in contracts(world.app):
        described = every[name.replace(".", "_")]
        assert (described.get("security") == []) == contract.public
        assert ("401" in described["responses"]) != contract.public
    assert document["security"] == [{"key": []}]


def test_every_field_and_parameter_is_explained(document: Any) -> None:
    """Nothing that a caller may send is left to guessing."""
    sent = {
        name: one for name, one in document["components"]["schemas"].items() if one.get("additionalProperties") is False
    }
    found = [
        f"{name}.{field}"
        for name, one in sent.items()
        for field, told in one["properties"].items()
        if "description" not in told
    ]
    assert found == ["Money.amount"]  # told by its own shape
    for one in operations(document).values():
        assert [p for p in one["parameters"] if "$ref" not in p and not p.get("description")] == []


def test_problems_name_every_code(document: Any) -> None:
    """The codes of a problem are those that have a title."""
    assert set(document["components"]["schemas"]["Problem"]["properties"]["code"]["enum"]) == set(TITLES)


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS])
def test_terms_belong_to_their_kind(world: World, document: Any, kind: str) -> None:
    """A body with the terms of its kind fits, and one with another kind's terms does not."""
    sent = body(kind, world.alpha, world.beta)
    assert valid(document, "CollaborationBody", sent)
    assert valid(document, "AmendmentBody", {"terms": sent["terms"]})
    other = "credit_reference" if kind != "credit_reference" else "subcontract"
    assert not valid(document, "CollaborationBody", {**sent, "kind": other})
    assert not valid(document, "CollaborationBody", {**sent, "colour": "blue"})


def test_patterns_are_read_by_other_languages(document: Any) -> None:
    """No pattern uses what only Python knows."""
    assert r"\\Z" not in json.dumps(document)


def test_bounded_decimals_are_valid() -> None:
    """With apispec alone they are not: its bounds are no JSON numbers."""

    class Shares(Schema):
        share = fields.Decimal(validate=validate.Range(Decimal(0), Decimal(1)), allow_none=True)
        text = fields.Decimal(as_string=True, allow_none=True)

    spec = APISpec("A", "1", "3.1.0", plugins=[Plugin()])
    spec.components.schema("Shares", schema=Shares)
    made = spec.to_dict()["components"]["schemas"]["Shares"]["properties"]
    assert json.loads(json.dumps(made)) == {
        "share": {"type": ["number", "null"], "minimum": 0, "maximum": 1},
        "text": {"type": ["string", "null"]},
    }
