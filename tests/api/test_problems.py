"""What is refused is said in one shape, in the caller's language."""

from __future__ import annotations

import json
from uuid import UUID

import pytest

from ledger.api.titles import TITLES
from tests.api.callers import refused
from tests.api.jobs import finished
from tests.api.world import World


@pytest.mark.parametrize(
    ("header", "title"),
    [
        ("", "Not found"),
        ("de", "Nicht gefunden"),
        ("de-AT, en;q=0.5", "Nicht gefunden"),
        ("da-DK", "Ikke fundet"),
        ("fr, da;q=0.7, de;q=0.3", "Ikke fundet"),
        ("fr", "Not found"),
        ("*", "Not found"),
        ("de;q=0, fr", "Not found"),
        ("en;q=0.1, de;q=0.9", "Nicht gefunden"),
        (",;q=,,", "Not found"),
    ],
)
def test_titles_come_in_the_language_that_is_preferred(world: World, header: str, title: str) -> None:
    """English where none of ours is asked for; the code stays the same."""
    answer = world.alpha.get("/nothing", Accept_Language=header)
    refused(answer, 404, "not-found")
    assert answer.json["title"] == title


def test_a_batch_speaks_the_callers_language(world: World) -> None:
    """In each of its problems."""
    sent = {"items": [{"key": "a"}]}
    answer = world.alpha.post("/collaborations/batch", sent, Accept_Language="de")
    (result,) = answer.json["results"]
    assert result["problem"]["title"] == TITLES["invalid-request"][1]


def test_a_problem_names_its_request(world: World) -> None:
    """The id stands in the header of every answer, and nobody else chooses it."""
    answer = world.alpha.get("/nothing", X_Request_Id="mine")
    UUID(answer.headers["X-Request-Id"])
    assert answer.json["request_id"] == answer.headers["X-Request-Id"]
    assert answer.json["type"] == "/docs#not-found"
    UUID(world.alpha.get("/firms").headers["X-Request-Id"])


def test_an_address_takes_the_methods_that_it_names(world: World) -> None:
    """Others are refused with the list of those."""
    answer = world.alpha.send("PUT", "/firms")
    refused(answer, 405, "method-not-allowed")
    assert set(answer.headers["Allow"].split(", ")) >= {"GET", "POST"}
    refused(world.alpha.get("/firms/no-uuid"), 404, "not-found")
    refused(world.alpha.get("/../etc"), 404, "not-found")


def test_json_is_read_strictly(world: World) -> None:
    """As application/json in UTF-8, without what readers understand differently."""
    post = world.operator.post
    refused(post("/banks", data=b"{}", content_type="text/plain"), 415, "unsupported-media-type")
    refused(post("/banks"), 415, "unsupported-media-type")
    for body in (b"{", b"", b'{"name": NaN}', b'{"name": "a", "name": "b"}', b'{"name": "\xff"}', b"[" * 50):
        refused(post("/banks", data=body, content_type="application/json"), 400, "malformed")
    for wrong in ("a\u0000b", "a\u202eb", "\ud800"):
        sent = json.dumps({"name": wrong}).encode()
        refused(post("/banks", data=sent, content_type="application/json"), 422, "invalid-request", "/name")
    sent = json.dumps({"name": "Bank"}).encode()
    assert post("/banks", data=sent, content_type="application/json; charset=utf-8").status_code == 201


def test_a_body_has_a_largest_size(world: World) -> None:
    """A million bytes, for a document ten."""
    large = json.dumps(finished(world.alpha, world.beta, title="x" * 1_000_000)).encode()
    answer = world.alpha.post("/collaborations", data=large, content_type="application/json", idempotency_key="x")
    refused(answer, 413, "body-too-large")
    refused(world.alpha.post("/invoices", data=b"x" * 10_000_001), 413, "body-too-large")


def test_answers_are_not_kept_on_the_way(world: World) -> None:
    """Nor read as anything but what they are."""
    for answer in (world.alpha.get("/firms"), world.anyone.get("/firms")):
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
