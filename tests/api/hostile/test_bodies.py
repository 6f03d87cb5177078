"""Bodies that are no JSON, too large, too deep, or JSON that no ledger should read."""

from __future__ import annotations

import json
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest

from tests.api.hostile import poison
from tests.api.hostile.exchange import Answer, Request
from tests.api.hostile.world import World

NETWORK = Request("POST", "/v1/networks", "operator", body={"name": "Example network"})


def sent(world: World, raw: bytes, content_type: str | None = "application/json") -> Answer:
    """Found a network with this body."""
    return world.answer(replace(NETWORK, raw=raw, content_type=content_type))


def named(world: World, name: Any) -> Answer:
    """Found a network of this name."""
    return world.answer(replace(NETWORK, body={"name": name}))


@pytest.mark.parametrize("raw", poison.BODIES, ids=lambda raw: repr(raw[:20]))
def test_no_body_is_too_much(world: World, raw: bytes) -> None:
    """Whatever the body is, the answer says what is wrong, and at once."""
    assert sent(world, raw).status in {400, 415, 422}


@pytest.mark.parametrize("raw", [b"[" * 21 + b"]" * 21, b"[" * 100_000, b'{"a":' * 21 + b"1" + b"}" * 21])
def test_nesting_is_bounded(world: World, raw: bytes) -> None:
    """Twenty levels are more than any body needs."""
    answer = sent(world, raw)
    assert (answer.status, answer.json["code"]) == (400, "malformed")
    assert "20 levels" in answer.json["detail"]


def test_brackets_in_text_are_text(world: World) -> None:
    """Brackets, quotes and backslashes within a text do not count as nesting."""
    assert named(world, '["\\' + "[{" * 90).status == 201


@pytest.mark.parametrize(
    "number", ["1" * 401, "9007199254740993", "-9007199254740993", "1e309", "NaN", "-Infinity", "1e16"]
)
def test_numbers_that_readers_change_are_refused(world: World, number: str) -> None:
    """A number that JSON readers of other languages would round is no number here."""
    answer = sent(world, f'{{"name": {number}}}'.encode())
    assert (answer.status, answer.json["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    "raw", [b'{"name": "a", "name": "a"}', b'{"name": "a", "n\\u0061me": "b"}', b'{"name": {"a": 1, "a": 1}}']
)
def test_a_name_stands_once(world: World, raw: bytes) -> None:
    """Two readers might take two different values of a name that stands twice."""
    assert "twice" in sent(world, raw).json["detail"]


@pytest.mark.parametrize(
    "text",
    *[
        [
            "\x00",
            "\x1b[2J",
            "\x7f",
            "\x85",
            "\u202e",
            "\u2066",
            "\u200f",
            "\u2028",
            "\ufeff",
            "\ud800",
            "\u200b",
            "\xad",
            "\ufffd",
        ]
    ],
    ids=ascii,
)
def test_letters_that_deceive_are_refused(world: World, text: str) -> None:
    """What turns, hides or replaces text is refused wherever it stands, and the answer names the place."""
    answer = named(world, f"Nord{text}GmbH")
    assert answer.status == 422
    assert answer.json["errors"][0]["pointer"] == "/name"
    assert f"U+{ord(text[0]):04X}" in answer.json["detail"]
    assert world.answer(replace(NETWORK, body={"name": "a", f"x{text}": 1})).status == 422


@pytest.mark.parametrize("text", ["a\r\nb", "a\nb", "a\rb", "a\tb"], ids=ascii)
def test_one_line_is_one_line(world: World, text: str) -> None:
    """A field of one line takes no line break of any system, in a body, in terms or in a query."""
    assert named(world, text).status == 422
    body = world.proposal("joint_development")
    body["terms"]["programme"] = text
    answer = world.answer(
        Request("POST", "/v1/collaborations", "firm", body=body, headers=(("Idempotency-Key", "one-line"),))
    )
    assert (answer.status, answer.json["errors"][0]["pointer"]) == (422, "/terms/programme")
    assert world.answer(Request("GET", "/v1/firms", query=(("q", text),))).status == 422


def test_raw_bytes_that_are_no_text_are_refused(world: World) -> None:
    """Half a surrogate pair or Latin-1 is not UTF-8; the answer says where it breaks."""
    assert "byte 10" in sent(world, b'{"name": "\xed\xa0\x80"}').json["detail"]
    assert "byte 10" in sent(world, '{"name": "ø"}'.encode("latin-1")).json["detail"]


@pytest.mark.parametrize("body", [None, True, 0, "", "x", [], [{}]], ids=repr)
def test_a_body_is_an_object(world: World, body: Any) -> None:
    """Any other JSON is refused with the word for what is expected, where fields are required and where not."""
    id_ = world.ids["proposed"]
    step = Request("POST", f"/v1/collaborations/{id_}/acceptances", "partner", headers=(("If-Match", "*"),))
    for request in (NETWORK, step):
        answer = world.answer(replace(request, raw=json.dumps(body).encode()))
        assert (answer.status, answer.json["detail"]) == (422, "A JSON object is expected.")


@pytest.mark.parametrize(
    "content_type", [value for value in poison.HEADERS["Content-Type"] if "application/JSON" not in value]
)
def test_only_json_is_json(world: World, content_type: str) -> None:
    """Another media type is refused, however much its body looks like JSON."""
    answer = sent(world, b'{"name": 1}', content_type)
    expected = 422 if content_type.startswith("application/json;") else 415  # JSON has no other encoding to declare
    assert answer.status == expected


def test_bodies_are_bounded(world: World) -> None:
    """A body above the limit is refused before it is read, also one of 10 MB in a single text; the limit is named."""
    for size in (1_000_001, 10_000_000):
        answer = named(world, "a" * size)
        assert (answer.status, answer.json["code"]) == (413, "body-too-large")
        assert "1000000 bytes" in answer.json["detail"]
    assert named(world, "a" * 900_000).status == 422


def test_bodies_without_a_length_are_bounded(world: World) -> None:
    """A chunked body is read up to the limit and no further."""
    key = {"Authorization": f"Bearer {world.keys['operator']}", "Content-Type": "application/json"}
    for size, expected in ((20, 201), (1_000_001, 413)):
        body = json.dumps({"name": "a"}).encode().ljust(size)
        overrides = {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True}
        response = world.client.post("/v1/networks", headers=key, environ_overrides=overrides)
        assert response.status_code == expected


def test_many_faults_make_a_short_answer(world: World) -> None:
    """An answer does not grow with the number of mistakes."""
    answer = world.answer(replace(NETWORK, body={f"unknown{n}": "\x00" if n % 2 else 1 for n in range(40_000)}))
    assert len(answer.json["errors"]) <= 50
    answer = world.answer(replace(NETWORK, body={f"unknown{n}": 1 for n in range(40_000)}))
    assert len(answer.json["errors"]) == 50
