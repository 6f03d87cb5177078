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


def made(world: World, **said: Any) -> Any:
    """A key of alpha's."""
    return world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id, **said})


def test_a_key_is_rotated(world: World) -> None:
    """The new one has holder, label and scopes of the old one, which closes at once; both say so."""
    old = made(world, label="machine shop", scopes=["read"], expires_at="2026-12-31T00:00:00Z")
    answer = world.alpha.post(f"/keys/{old['id']}/rotation")
    new = answer.json
    assert answer.headers["Location"] == f"/v1/keys/{new['id']}"
    assert world.holding(new["key"]).get("/firms").status_code == 200
    refused(world.holding(old["key"]).get("/firms"), 401, "unauthenticated")
    shown = world.alpha.read(f"/keys/{new['id']}")
    said = {"label": "machine shop", "scopes": ["read"], "expires_at": "2026-12-31T00:00:00Z", "replaced_by": None}
    assert {name: shown[name] for name in said} == said
    assert world.alpha.read(f"/keys/{old['id']}")["replaced_by"] == new["id"]


def test_a_rotated_key_opens_for_its_grace(world: World) -> None:
    """And no longer; the new one may have another end."""
    old = made(world)
    body = {"grace_hours": 24, "expires_at": "2027-01-31T00:00:00Z"}
    new = world.holding(old["key"]).send("POST", f"/keys/{old['id']}/rotation", body).json  # by itself
    assert [world.holding(one["key"]).get("/firms").status_code for one in (old, new)] == [200, 200]
    world.clock.forward(hours=25)
    assert [world.holding(one["key"]).get("/firms").status_code for one in (old, new)] == [401, 200]
    assert world.alpha.read(f"/keys/{new['id']}")["expires_at"] == "2027-01-31T00:00:00Z"


def test_a_key_is_rotated_once(world: World) -> None:
    """And not when it opens no more; the reason is the same for whoever sees it."""
    old, revoked = made(world), made(world)
    world.alpha.post(f"/keys/{old['id']}/rotation")
    world.alpha.send("DELETE", f"/keys/{revoked['id']}")
    for key in (old, revoked):
        refused(world.office.post(f"/keys/{key['id']}/rotation"), 409, "state-conflict")
    for body in ({"grace_hours": 721}, {"grace_hours": -1}, {"grace_hours": "1"}):
        refused(world.alpha.post(f"/keys/{made(world)['id']}/rotation", body), 422, "invalid-request", "/grace_hours")
    past = {"expires_at": "2026-01-01T00:00:00Z"}
    refused(world.alpha.post(f"/keys/{made(world)['id']}/rotation", past), 422, "invalid-date", "/expires_at")


def test_a_key_says_when_it_was_last_used(world: World) -> None:
    """To the hour; one that nobody used says so."""
    key = made(world)
    assert world.alpha.read(f"/keys/{key['id']}")["last_used_at"] is None
    world.holding(key["key"]).read("/firms")
    hour = world.clock.now.replace(minute=0, second=0, microsecond=0).isoformat().replace("+00:00", "Z")
    assert world.alpha.read(f"/keys/{key['id']}")["last_used_at"] == hour
    assert hour in [item["last_used_at"] for item in world.alpha.read("/keys")["items"]]
