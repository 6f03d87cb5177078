"""Keys over HTTP: who may issue them to whom, who sees and closes them."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from tests.api.callers import refused
from tests.api.world import World


def _sent(world: World, role: str, subject: str | None) -> dict[str, Any]:
    return {"role": role, "subject": world.caller(subject).id if subject else None}


# Who may issue keys to whom; everything else is refused.
MAY = {
    "operator": ("operator", "office", "other_office", "bank", "other_bank", "alpha", "beta", "omega"),
    "office": ("office", "alpha", "beta"),
    "alpha": ("alpha",),
    "bank": ("bank",),
}
HOLDERS = {
    **dict.fromkeys(("office", "other_office"), "coordinator"),
    **dict.fromkeys(("bank", "other_bank"), "bank"),
    **dict.fromkeys(("alpha", "beta", "omega"), "firm"),
}


@pytest.mark.parametrize("issuer", MAY)
def test_everybody_issues_keys_within_their_own_house(world: World, issuer: str) -> None:
    """An operator to all, an office to itself and its firms, a firm or a bank to itself."""
    sent = {name: _sent(world, role, name) for name, role in HOLDERS.items()}
    sent["operator"] = {"role": "operator"}
    answers = {name: world.caller(issuer).post("/keys", body) for name, body in sent.items()}
    assert {name for name, answer in answers.items() if answer.status_code == 201} == set(MAY[issuer])
    for name, answer in answers.items():
        if name not in MAY[issuer]:
            refused(answer, 403, "not-permitted")


def test_a_secret_is_shown_once(world: World) -> None:
    """What is listed later has a label, and no secret."""
    answer = world.alpha.post("/keys", {"role": "firm", "subject": world.alpha.id, "label": "machine shop"})
    issued = answer.json
    assert answer.headers["Location"] == f"/v1/keys/{issued['id']}"
    assert issued["key"].startswith("cl_")
    shown = world.alpha.get(f"/keys/{issued['id']}")
    assert issued["key"] not in shown.text
    assert shown.json["label"] == "machine shop"
    assert shown.json["role"] == "firm"
    assert issued["key"] not in world.alpha.get("/keys").text


def test_keys_are_listed_for_who_answers_for_them(world: World) -> None:
    """A firm and a bank see their own, an office those of its network, an operator all."""
    subjects = {
        name: {item["subject"] for item in world.caller(name).read("/keys")["items"]}
        for name in ("alpha", "bank", "office", "operator")
    }
    assert subjects["alpha"] == {world.alpha.id}
    assert subjects["bank"] == {world.bank.id}
    north = ("office", "alpha", "beta", "gamma", "delta")
    assert subjects["office"] == {world.caller(name).id for name in north}
    assert subjects["operator"] == {*(id_ or None for id_, _ in world.ring.values())}


def test_a_key_of_others_is_not_there(world: World) -> None:
    """Neither to be read nor to be closed."""
    (key,) = world.beta.read("/keys")["items"]
    for name in ("alpha", "bank", "other_office"):
        for method in ("GET", "DELETE"):
            answer = world.caller(name).send(method, f"/keys/{key['id']}")
            assert refused(answer, 404, "not-found") == "There is no such key."
    assert world.office.send("DELETE", f"/keys/{key['id']}").status_code == 204
    assert world.office.read(f"/keys/{key['id']}")["revoked_at"] is not None


def test_a_key_needs_an_existing_holder(world: World) -> None:
    """Only an operator learns that there is none; others are told what they may do."""
    for role in ("firm", "bank", "coordinator"):
        sent = {"role": role, "subject": str(uuid4())}
        refused(world.operator.post("/keys", sent), 422, "invalid-request", "/subject")
        refused(world.office.post("/keys", sent), 403, "not-permitted")
        refused(world.alpha.post("/keys", sent), 403, "not-permitted")
    for sent in ({"role": "operator", "subject": world.alpha.id}, {"role": "firm"}):
        refused(world.operator.post("/keys", sent), 422, "invalid-request", "/subject")
    refused(world.operator.post("/keys", {"role": "king"}), 422, "invalid-request", "/role")
