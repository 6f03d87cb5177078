"""Who calls is known by a key, and by nothing else."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta
from uuid import UUID

import pytest

from ledger.application import keys
from ledger.domain.actor import Actor, Role
from ledger.services import build
from tests.api.callers import refused
from tests.api.world import World


@pytest.mark.parametrize(
    "header",
    ["", "Bearer", "Bearer ", "Bearer cl_garbage", "Basic b3A6b3A=", "Bearer æøå", "cl_garbage", "Bearer a b"],
)
def test_a_call_without_a_known_key_is_refused(world: World, header: str) -> None:
    """The answer says how to authenticate, and does not say what was wrong."""
    answer = world.anyone.get("/firms", Authorization=header) if header else world.anyone.get("/firms")
    assert refused(answer, 401, "unauthenticated").startswith("Send a valid API key")
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="ledger"'


def test_a_key_with_a_typing_error_is_refused(world: World) -> None:
    """One letter decides."""
    key = str(world.alpha.key)
    for wrong in (key[:-1], key.swapcase(), key[:10] + ("A" if key[10] != "A" else "B") + key[11:]):
        refused(world.holding(wrong).get("/firms"), 401, "unauthenticated")
    assert world.alpha.get("/firms", Authorization=f"bearer  {key} ").status_code == 200


def test_a_revoked_key_opens_nothing_from_then_on(world: World) -> None:
    """Revocation is immediate: no read model stands between."""
    issued = world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id, "label": "second"})
    second = world.holding(issued["key"], world.alpha.id)
    assert second.get("/firms").status_code == 200
    gone = world.alpha.send("DELETE", f"/keys/{issued['id']}")
    assert (gone.status_code, gone.headers["ETag"]) == (204, '"2"')
    refused(second.get("/firms"), 401, "unauthenticated")
    refused(world.alpha.send("DELETE", f"/keys/{issued['id']}"), 409, "state-conflict")


def test_a_key_revoked_in_another_process_opens_nothing_from_then_on(either_world: World) -> None:
    """What a process remembers of a key is asked for anew at each request."""
    issued = either_world.alpha.record("/keys", {"role": "firm", "subject": either_world.alpha.id})
    second = either_world.holding(issued["key"], either_world.alpha.id)
    assert second.get("/firms").status_code == 200
    with closing(build(either_world.house.settings, either_world.clock)) as elsewhere:
        keys.revoke(elsewhere.ledger, Actor(Role.OPERATOR), UUID(issued["id"]))
    refused(second.get("/firms"), 401, "unauthenticated")


def test_an_expired_key_opens_nothing(world: World) -> None:
    """It opens until its moment."""
    until = (world.clock.now + timedelta(hours=1)).isoformat()
    sent = {"role": "firm", "subject": world.alpha.id, "expires_at": until}
    brief = world.holding(world.alpha.record("/keys", sent)["key"])
    assert brief.get("/firms").status_code == 200
    world.clock.forward(hours=1)
    refused(brief.get("/firms"), 401, "unauthenticated")
