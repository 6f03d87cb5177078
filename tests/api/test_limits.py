"""A caller's requests of a minute are counted, whoever answers them, and every answer says what is left."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event, select

from ledger.api.titles import TITLES
from ledger.application import keys
from ledger.application.ledger import Ledger
from ledger.domain.actor import Actor
from ledger.domain.key import key_id, new_secret
from ledger.sessions.tables import METADATA, REQUESTS
from ledger.subscriptions.database import reading, writing
from ledger.subscriptions.opening import open_lasting
from tests.api.callers import refused
from tests.api.world import World, opened

LIMIT, OF_AN_ADDRESS = 40, 4
Limited = Callable[..., World]


@pytest.fixture
def limited(world: World) -> Iterator[Limited]:
    """Opens the world once more, as another web process does, with a limit; a minute has just begun."""
    world.clock.now = world.clock.now.replace(second=0, microsecond=0) + timedelta(minutes=1)
    made = []

    def open_(requests_per_minute: int = LIMIT, **settings: Any) -> World:
        chosen = replace(world.house.settings, requests_per_minute=requests_per_minute, **settings)
        made.append(opened(chosen, world.clock, dict(world.ring)))
        return made[-1]

    yield open_
    for one in made:
        one.house.close()


def statuses(times: int, ask: Callable[[], Any]) -> list[int]:
    """How so many requests were answered."""
    return [ask().status_code for _ in range(times)]


def test_every_answer_says_what_is_left(limited: Limited) -> None:
    """To a caller with a key, and to an address without one: a tenth."""
    world = limited()
    answer = world.alpha.get("/firms")
    assert answer.headers["RateLimit-Policy"] == f'"caller";q={LIMIT};w=60'
    assert answer.headers["RateLimit"] == f'"caller";r={LIMIT - 1};t=60'
    world.clock.forward(seconds=20)
    assert world.alpha.get("/nothing").headers["RateLimit"] == f'"caller";r={LIMIT - 2};t=40'
    public = world.anyone.get("/openapi.json")
    assert public.headers["RateLimit-Policy"] == f'"caller";q={OF_AN_ADDRESS};w=60'
    assert public.headers["RateLimit"] == f'"caller";r={OF_AN_ADDRESS - 1};t=40'


@pytest.mark.parametrize("language", range(3))
def test_over_the_limit_a_problem_says_when_to_come_back(limited: Limited, language: int) -> None:
    """In the caller's language; whoever waits so long is answered."""
    world = limited()
    assert statuses(LIMIT, lambda: world.alpha.get("/firms")) == [200] * LIMIT
    answer = world.alpha.get("/firms", Accept_Language=("en", "de", "da")[language])
    assert str(LIMIT) in refused(answer, 429, "too-many-requests")
    assert answer.json["title"] == TITLES["too-many-requests"][language]
    assert answer.headers["RateLimit"].startswith('"caller";r=0;')
    wait = int(answer.headers["Retry-After"])
    assert 0 < wait <= 60
    assert world.beta.get("/firms").status_code == 200
    world.clock.forward(seconds=wait)
    assert world.alpha.get("/firms").status_code == 200


def test_what_is_refused_is_not_done(limited: Limited) -> None:
    """Nothing is recorded, and nothing is looked up."""
    world = limited()
    statuses(LIMIT, lambda: world.office.get("/firms"))
    before = world.events()
    refused(world.office.post("/firms", {"name": "One more", "country": "DE"}), 429, "too-many-requests")
    assert world.events() == before


def test_processes_count_together(limited: Limited) -> None:
    """Whichever of them answers."""
    one, other = limited(), limited()
    found = statuses(LIMIT, lambda: one.alpha.get("/firms")) + statuses(LIMIT, lambda: other.alpha.get("/firms"))
    assert found.count(200) == LIMIT
    assert found.count(429) == LIMIT


def test_wrong_keys_count_under_the_address(limited: Limited, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once its requests are spent, no more keys are looked for in the log."""
    world, looked_for, look = limited(), list[UUID](), keys.holder_of

    def holder_of(ledger: Ledger, key: UUID) -> Actor | None:
        looked_for.append(key)
        return look(ledger, key)

    monkeypatch.setattr(keys, "holder_of", holder_of)
    found = statuses(OF_AN_ADDRESS, lambda: world.holding(new_secret()).get("/firms"))
    assert found == [401] * OF_AN_ADDRESS
    assert len(looked_for) == OF_AN_ADDRESS
    for key in (new_secret(), "cl_garbage", None):
        refused(world.holding(key).get("/firms"), 429, "too-many-requests")
    assert len(looked_for) == OF_AN_ADDRESS


def test_whoever_was_seen_to_have_a_key_is_let_in_beside_those(limited: Limited) -> None:
    """From the same address; a key that nobody has seen open waits, for it may be one more guess."""
    world = limited()
    assert world.alpha.get("/firms").status_code == 200
    statuses(OF_AN_ADDRESS, lambda: world.holding(new_secret()).get("/firms"))
    assert world.alpha.get("/firms").status_code == 200
    refused(world.beta.get("/firms"), 429, "too-many-requests")


def test_right_keys_cost_their_address_nothing(limited: Limited) -> None:
    """However many share it."""
    world = limited()
    all_of_them = [world.alpha, world.beta, world.gamma, world.delta, world.omega, world.bank, world.office]
    assert len(all_of_them) > OF_AN_ADDRESS
    assert [caller.get("/firms").status_code for caller in all_of_them] == [200] * len(all_of_them)
    assert statuses(OF_AN_ADDRESS, lambda: world.anyone.get("/openapi.json")) == [200] * OF_AN_ADDRESS


def test_a_key_that_opens_no_more_counts_under_the_address(limited: Limited) -> None:
    """From its second request on."""
    world = limited()
    issued = world.alpha.record("/keys", {"role": "firm", "subject": world.alpha.id})
    second = world.holding(issued["key"])
    assert second.get("/firms").status_code == 200
    world.alpha.send("DELETE", f"/keys/{issued['id']}")
    assert statuses(OF_AN_ADDRESS + 2, lambda: second.get("/firms")) == [401] * (OF_AN_ADDRESS + 1) + [429]


def test_addresses_count_by_themselves(limited: Limited) -> None:
    """As the proxy names them; of IPv6 all that one subscriber has are one."""
    world = limited(proxies=1)

    def asked(address: str) -> int:
        headers = {"X-Forwarded-For": address}
        status: int = world.app.test_client().get("/v1/openapi.json", headers=headers).status_code
        return status

    assert [asked("203.0.113.9") for _ in range(OF_AN_ADDRESS + 1)] == [200] * OF_AN_ADDRESS + [429]
    assert asked("203.0.113.10") == 200
    assert [asked(f"2001:db8::{n}") for n in range(OF_AN_ADDRESS + 1)] == [200] * OF_AN_ADDRESS + [429]
    assert asked("2001:db8:0:1::1") == 200
    assert asked("no:address") == 200


def test_the_database_holds_no_address_and_no_key(limited: Limited) -> None:
    """Ids of keys, which stand in the log anyway, and digests that mean nothing elsewhere."""
    world = limited()
    world.alpha.get("/firms")
    world.anyone.get("/firms")
    engine = open_lasting(world.house.settings.sessions_url)
    with reading(engine) as connection:
        callers = set(connection.scalars(select(REQUESTS.c.caller)))
    engine.dispose()
    ids = {str(key_id(key)) for _, key in world.ring.values()}
    digests = callers - ids
    assert str(key_id(str(world.alpha.key))) in callers
    assert len(digests) == 1  # all requests came from one address
    assert re.fullmatch("[0-9a-f]{64}", digests.pop())


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/metrics"])
def test_who_watches_the_service_is_not_limited(limited: Limited, path: str) -> None:
    """Nor told of limits."""
    world = limited(1)
    answers = [world.anyone.client.get(path) for _ in range(3)]
    assert {answer.status_code for answer in answers} == {200}
    assert {"RateLimit", "RateLimit-Policy"}.isdisjoint(dict(answers[-1].headers))


def test_zero_is_no_limit(limited: Limited) -> None:
    """Nothing is counted, nothing said."""
    world, asked = limited(0), []
    event.listen(world.house.sessions._engine, "before_cursor_execute", lambda *about: asked.append(about[2]))
    assert statuses(50, lambda: world.anyone.get("/openapi.json")) == [200] * 50
    assert "RateLimit" not in world.alpha.get("/firms").headers
    assert [statement for statement in asked if REQUESTS.name in statement] == []


def test_without_the_database_everybody_is_let_through(limited: Limited) -> None:
    """A limit is no reason to be down; answers are silent about it."""
    world = limited()
    with writing(world.house.sessions._engine) as connection:
        METADATA.drop_all(connection)
    answers = [world.alpha.get("/firms") for _ in range(LIMIT + 1)]
    assert {answer.status_code for answer in answers} == {200}
    assert "RateLimit" not in answers[-1].headers
    refused(world.anyone.get("/firms"), 401, "unauthenticated")
