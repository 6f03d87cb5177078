"""Every field of every body, with values of every wrong type; derived from the contracts of the endpoints."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest
from marshmallow import Schema, fields

from ledger.api.openapi import contracts
from ledger.web.schemas.collaborations import BatchItem
from ledger.web.schemas.fields import Held, Paragraph
from tests.api.hostile.exchange import Answer, Request
from tests.api.hostile.poison import BIDI, LONG
from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World

Path = tuple[str | int, ...]
VALUES: tuple[Any, ...] = (None, [], {}, "", 0, -1, 1, 1e308, 0.5, True, LONG, BIDI, "a\r\nb", "\ud800", [[]], ["a"])
# The only values of another kind that a field of this type may take.
RIGHT: dict[type[fields.Field[Any]], tuple[Any, ...]] = {
    fields.Boolean: (True,),
    fields.Integer: (0, 1),
    fields.List: ([], ["a"]),
}


def walked(schema: Schema, path: Path = ()) -> Iterator[tuple[Path, fields.Field[Any]]]:
    """Every field of a schema and of what is nested in it, by where it stands in an example."""
    for name, field in schema.fields.items():
        here = (*path, field.data_key or name)
        yield here, field
        inner = field.inner if isinstance(field, fields.List) else field
        if isinstance(inner, fields.Nested):
            yield from walked(inner.schema, here if inner is field else (*here, 0))
        elif inner is not field:
            yield (*here, 0), inner


def right(field: fields.Field[Any], value: Any) -> bool:
    """Whether this value may be right for a field of this type."""
    if value is None:
        return bool(field.allow_none)
    if isinstance(field, Held):
        return isinstance(value, str) and value != ""
    fitting = next((values for type_, values in RIGHT.items() if isinstance(field, type_)), ())
    if (isinstance(field, fields.Nested) and value == {}) or (isinstance(field, Paragraph) and value == "a\r\nb"):
        return True
    return any(type(value) is type(one) and value == one for one in fitting)


def planted(body: Any, path: Path, value: Any) -> Any:
    """A copy of the body with the value at this place, whatever stood there."""
    changed = copy.deepcopy(body)
    at = changed
    for n, step in enumerate(path[:-1]):
        if isinstance(step, int):
            at[step:] = at[step:] or [{}]
            at = at[step]
        else:
            at = at.setdefault(step, [{}] if isinstance(path[n + 1], int) else {})
    if isinstance(path[-1], int):
        at[:] = [value]
    else:
        at[path[-1]] = value
    return changed


def pointer(path: Path) -> str:
    """The place as a JSON pointer."""
    return "".join(f"/{step}" for step in path)


def cases(world: World) -> Iterator[tuple[Request, Schema]]:
    """A valid request for every endpoint that takes a body, with its schema."""
    bodies = {name: contract.body for _, name, contract, _ in contracts(world.app) if contract.body is not None}
    found = {seed.name: seed for seed in seeds(world)}
    with_assessment = next(
        seed for seed in seeds(world) if seed.name == "collaborations.propose" and seed.body["assessments"]
    )
    for name, body in bodies.items():
        yield (with_assessment if name == "collaborations.propose" else found[name]), body


def attempts(world: World) -> Iterator[tuple[Path, fields.Field[Any], Any, Answer]]:
    """Every field of every body with every value, and the answer."""
    for request, schema in cases(world):
        seed = request
        for path, field in walked(schema):
            for value in VALUES:
                sent = replace(seed, body=planted(seed.body, path, value))
                answer = world.answer(sent)
                yield path, field, value, answer
                seed = _fresh(world, seed) if answer.status < 300 else seed


def _fresh(world: World, seed: Request) -> Request:
    """The same request on something new: a step that was accepted cannot be taken again."""
    if seed.name.startswith("steps."):
        world.stock()
    return {one.name: one for one in seeds(world)}[seed.name]


def test_wrong_values_are_pointed_at(world: World) -> None:
    """A value of a wrong type, in any field of any body, is refused, and the answer points at it."""
    wrong = []
    for path, field, value, answer in attempts(world):
        if right(field, value) or (path[0] == "items" and answer.status == 200):  # items are refused one by one
            continue
        pointers = [fault["pointer"] for fault in answer.json.get("errors", [])] if answer.status == 422 else []
        unreadable = answer.status == 400 and value == 1e308
        if not unreadable and not any(one.startswith(pointer(path)) for one in pointers):
            wrong.append((pointer(path), ascii(value)[:30], answer.status, answer.text[:200]))
    assert wrong == []


def test_unknown_fields_are_refused_at_each_level(world: World) -> None:
    """A field that nobody declared is refused wherever it stands, and the answer points at it."""
    for request, schema in cases(world):
        for path in {path[:-1] for path, _ in walked(schema) if not isinstance(path[-1], int)}:
            answer = world.answer(replace(request, body=planted(request.body, (*path, "unknown"), 1)))
            assert answer.status == 422, (request.name, path, answer.text)
            assert pointer((*path, "unknown")) in json.dumps(answer.json["errors"])


@pytest.mark.parametrize("value", VALUES, ids=lambda value: ascii(value)[:20])
def test_items_of_a_batch_are_refused_alone(world: World, value: Any) -> None:
    """A wrong value in one item leaves the items beside it standing, unless the whole body cannot be read."""
    good = {**world.proposal(), "key": str(uuid4())}
    for path, field in walked(BatchItem()):
        bad = planted({**world.proposal(), "key": str(uuid4())}, path, value)
        request = Request("POST", "/v1/collaborations/batch", "firm", body={"items": [bad, good]})
        answer = world.answer(request)
        if answer.status == 200 and not right(field, value):
            first, second = answer.json["results"]
            assert (400 <= first["status"] < 500, second["status"]) == (True, 201), (path, first)
