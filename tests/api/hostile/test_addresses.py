"""Addresses, methods and headers that are none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.api.hostile import poison
from tests.api.hostile.exchange import Request
from tests.api.hostile.seeds import seeds
from tests.api.hostile.world import World

SEVERAL = {
    "firms.history",
    "referrals.one",
    "networks.found",
    "steps.accept",
    "keys.issue",
    "invoices.read",
    "docs.page",
}
UNKNOWN = "00000000-0000-4000-8000-000000000000"


def addressed(world: World) -> Iterator[tuple[Request, int]]:
    """Every valid request that names an id or a number in its address, with the step that it stands in."""
    known = set(world.ids.values())
    for seed in seeds(world):
        for at, step in enumerate(seed.path.split("/")):
            if step in known or (step.isdigit() and step != "0"):  # the level of a tile may be 0
                yield seed, at


def led(seed: Request, at: int, step: str) -> Request:
    """The request with another step in its address."""
    steps = seed.path.split("/")
    return replace(seed, path="/".join([*steps[:at], step, *steps[at + 1 :]]))


@pytest.mark.parametrize("step", [step for step in poison.PATHS if step], ids=lambda step: step[:20])
def test_wrong_ids_are_not_found(world: World, step: str) -> None:
    """What is no id, or the id of nothing, is not found, whatever is done to it."""
    for seed, at in addressed(world):
        answer = world.answer(led(seed, at, step))
        assert answer.status in {404, 405}, (seed, step, answer.text)


def test_ids_of_something_else_are_not_found(world: World) -> None:
    """An id of another kind of thing, or of another network, is none here."""
    others = {"stranger": "a firm of another network", "other_network": "another network", "bank": "a bank"}
    for seed, at in addressed(world):
        for other in others:
            step = seed.path.split("/")[at]
            if step.isdigit() or step == world.ids[other] or "/banks/" in seed.path or seed.caller == "operator":
                continue
            answer = world.answer(led(seed, at, world.ids[other]))
            assert answer.status == 404, (seed, other, answer.text)


@pytest.mark.parametrize("method", poison.METHODS)
def test_wrong_methods_are_named(world: World, method: str) -> None:
    """A method that an address does not take is refused, and the answer says which it takes."""
    for seed in seeds(world):
        answer = world.answer(replace(seed, method=method))
        if answer.status == 405:
            assert "This address takes " in answer.text or method == "HEAD"


@pytest.mark.parametrize(
    "path", ["/v1//firms", "//v1/firms", "/v1/firms//", "/v1/./firms", "/v1/%2e%2e/docs", "/V1/firms", "/v1/firms;a=b"]
)
def test_other_spellings_of_an_address_are_other_addresses(world: World, path: str) -> None:
    """There is one spelling of an address; another is not found, and leads nowhere."""
    assert world.answer(Request("GET", path)).status == 404


def test_unknown_addresses_say_where_to_look(world: World) -> None:
    """An address that there is not is answered with where all of them are listed."""
    assert "/v1/openapi.json" in world.answer(Request("GET", "/v2/firms")).json["detail"]


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in poison.HEADERS.items() for value in values]
)
def test_headers_may_hold_anything(world: World, name: str, value: str) -> None:
    """No header makes a fault of ours, whether something is read, recorded, changed or left."""
    for seed in seeds(world):
        if seed.name not in SEVERAL:
            continue
        world.answer(replace(seed, content_type=value) if name == "Content-Type" else seed.with_header(name, value))


@pytest.mark.parametrize(
    "value", [value for value in poison.HEADERS["If-Match"] if value not in {'"0"', '"1"', '"' + "9" * 18 + '"'}]
)
def test_if_match_is_one_etag(world: World, value: str) -> None:
    """What is no ETag of ours is refused with an example of one."""
    request = Request("POST", f"/v1/collaborations/{world.ids['proposed']}/acceptances", "partner", body={})
    answer = world.answer(request.with_header("If-Match", value))
    assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert '"3"' in answer.json["detail"]


@pytest.mark.parametrize(
    "value", [value for value in poison.HEADERS["Idempotency-Key"] if not 0 < len(value) < 9 or " " in value]
)
def test_idempotency_keys_are_short_and_visible(world: World, value: str) -> None:
    """A key is 1 to 200 visible letters of ASCII, on every endpoint that takes one."""
    for seed in seeds(world):
        if any(name == "Idempotency-Key" for name, _ in seed.headers) and len(value) != 200:
            answer = world.answer(seed.with_header("Idempotency-Key", value))
            assert (answer.status, answer.json["code"]) == (400, "malformed")


@pytest.mark.parametrize("value", poison.HEADERS["Authorization"])
def test_what_is_no_key_opens_nothing(world: World, value: str) -> None:
    """Whatever else stands where a key belongs is refused with the shape of one, before anything is looked up."""
    for seed in seeds(world):
        if seed.caller != "nobody":
            answer = world.answer(seed.with_header("Authorization", value))
            assert (answer.status, answer.json["code"]) == (401, "unauthenticated")
            assert "Authorization: Bearer cl_" in answer.json["detail"]


def test_language_of_a_problem_survives_garbage(world: World) -> None:
    """An Accept-Language that is none is answered in English, a mixed one in the language that can be made out."""
    missing = Request("GET", f"/v1/firms/{UNKNOWN}")
    assert world.answer(missing.with_header("Accept-Language", "\xff;q=x")).json["title"] == "Not found"
    assert world.answer(missing.with_header("Accept-Language", "\xff, de;q=0.8")).json["title"] == "Nicht gefunden"
