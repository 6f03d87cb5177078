"""Scopes: a narrowed key does what it is for, at every endpoint, and passes on no more than it has."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from ledger.api.openapi import contracts
from ledger.api.scopes import SENT, needed
from ledger.domain.actor import Scope
from tests.api.access_scene import thing
from tests.api.callers import Caller, refused
from tests.api.jobs import finished
from tests.api.test_access import answer_to
from tests.api.world import World


def narrowed(world: World, *scopes: str, holder: str = "alpha") -> Caller:
    """The holder with a key of these scopes alone."""
    role = {"alpha": "firm", "bank": "bank", "office": "coordinator"}[holder]
    said = {"role": role, "subject": world.caller(holder).id, "scopes": list(scopes)}
    return world.holding(world.operator.record("/keys", said)["key"], world.caller(holder).id)


def endpoints(world: World) -> dict[str, tuple[str, tuple[Scope, ...]]]:
    """Every endpoint that needs a key: its method and rule, and its scopes."""
    return {
        name: (f"{contract.method} {rule}", needed(name, contract.method))
        for rule, name, contract, _ in contracts(world.app)
        if not contract.public
    }


def test_every_endpoint_needs_a_scope(world: World) -> None:
    """None is left out of the table, and the table speaks of none that is gone."""
    found = endpoints(world)
    assert all(scopes for _, scopes in found.values())
    assert {name for name in SENT if "." in name} <= found.keys()
    assert {name for name in SENT if "." not in name} <= {name.partition(".")[0] for name in found}


def test_an_endpoint_without_a_scope_cannot_be_registered() -> None:
    """Nobody would notice that any key opens it."""
    with pytest.raises(LookupError):
        needed("something.new", "POST")


@pytest.mark.parametrize("scope", Scope)
def test_a_key_of_one_scope_opens_what_needs_it_alone(world: World, scope: Scope) -> None:
    """Of all endpoints, whoever holds it; what it leaves out is refused before anything is looked at."""
    for holder in ("alpha", "bank", "office"):
        caller = narrowed(world, scope, holder=holder)
        for row, scopes in endpoints(world).values():
            answer = answer_to(world, row, caller, holder, str(uuid4()))
            assert ("This needs the scope" in answer.text) == (set(scopes) != {scope}), (row, holder, answer.text)


def test_an_answer_says_which_scope_is_missing(world: World) -> None:
    """In a document of its own code."""
    job = finished(world.alpha, world.beta)
    answer = narrowed(world, "read").post("/collaborations", job, idempotency_key=uuid4().hex)
    assert "record" in refused(answer, 403, "scope-missing")


def test_scopes_widen_nothing(world: World) -> None:
    """A firm's key with every scope is still a firm's, and without any may do whatever the firm may."""
    caller = narrowed(world, *Scope)
    refused(caller.post("/networks", {"name": "Example"}), 403, "not-permitted")
    assert caller.get(f"/firms/{world.alpha.id}").status_code == 200
    shown = {item["id"]: item["scopes"] for item in world.alpha.read("/keys")["items"]}
    assert sorted(map(str, shown.values())) == sorted(["None", str([scope.value for scope in Scope])])


def test_a_narrowed_key_passes_on_no_more_than_it_has(world: World) -> None:
    """Neither by a new key, nor by rotating a wider one, nor by a person, who would have no scopes at all."""
    caller = narrowed(world, "administration", "read")
    holder = {"role": "firm", "subject": world.alpha.id}
    wide = world.alpha.record("/keys", holder)["id"]
    person = {**holder, "name": "Clerk", "email": "clerk@alpha.example"}
    account = thing(world, "/v1/accounts")
    tried: list[tuple[str, Any]] = [
        ("/keys", holder),
        ("/keys", {**holder, "scopes": ["read", "record"]}),
        (f"/keys/{wide}/rotation", {}),
        ("/accounts", person),
        (f"/accounts/{account}/invitation", None),
    ]
    for path, body in tried:
        refused(caller.post(path, body), 403, "scope-missing")
    made = caller.record("/keys", {**holder, "scopes": ["read"]})
    assert caller.record(f"/keys/{made['id']}/rotation", {})["key"] != made["key"]


@pytest.mark.parametrize("scopes", [[], ["all"], ["read", "read", "read", "read", "read", "read"], "read", [None]])
def test_scopes_are_of_a_closed_list(world: World, scopes: Any) -> None:
    """A slip is no key that opens nothing, or everything."""
    answer = world.alpha.post("/keys", {"role": "firm", "subject": world.alpha.id, "scopes": scopes})
    assert answer.status_code == 422
    assert answer.json["code"] == "invalid-request"
