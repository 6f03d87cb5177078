"""The docs page tells everything, asks nothing of anybody else, and its examples work."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from string import Template
from typing import Any

import pytest

from ledger.api.openapi import contracts
from ledger.api.operations import path_of
from ledger.api.story import STORY
from ledger.api.titles import TITLES
from ledger.domain.kinds.catalogue import KINDS
from tests.api.reader import Reader
from tests.api.world import World


@pytest.fixture
def page(world: World) -> Reader:
    """The page as anybody reads it."""
    answer = world.anyone.send("GET", "docs")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    return Reader(answer.text)


def test_every_operation_is_told(world: World, page: Reader) -> None:
    """Each has its place, with its path and who may call it."""
    words = "".join(page.words)
    for rule, name, contract, _ in contracts(world.app):
        assert name.replace(".", "_") in page.anchors
        assert path_of(rule) in words
        assert contract.roles in words


def test_every_code_and_kind_has_an_anchor(page: Reader) -> None:
    """The `type` of a problem leads to what it means."""
    assert set(TITLES) <= set(page.anchors)
    assert {f"kind-{kind.name}" for kind in KINDS} <= set(page.anchors)
    words = "".join(page.words)
    assert all(field.help in words for kind in KINDS for field in kind.fields)


def test_links_lead_somewhere(world: World, page: Reader) -> None:
    """Every link points into the page or at another address of ours, and no anchor is given twice."""
    assert len(page.anchors) == len(set(page.anchors))
    within = {link[1:] for link in page.links if link.startswith("#")}
    assert within <= set(page.anchors)
    for link in {link for link in page.links if not link.startswith("#")}:
        assert world.anyone.send("GET", link.lstrip("/")).status_code == 200, link


def test_nothing_of_others_and_nothing_active(world: World, page: Reader) -> None:
    """No script, no inline style, no host but ours; the policy says so too."""
    assert not [tag for tag, given in page.elements if tag in {"script", "style", "iframe", "form"} or "style" in given]
    assert not [link for link in page.links if "//" in link]
    policy = world.anyone.send("GET", "docs").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    style = world.anyone.send("GET", "docs/style.css")
    assert (style.status_code, style.mimetype) == (200, "text/css")
    assert not re.search(r"url\(|@import", style.text)


def test_page_can_be_read_without_a_mouse(page: Reader) -> None:
    """The first link skips to the content; what scrolls can be reached; navigations have names."""
    assert next(given for tag, given in page.elements if tag == "a")["href"] == "#main"
    assert all(given.get("tabindex") == "0" for tag, given in page.elements if tag == "pre")
    scrolling = [given for tag, given in page.elements if tag == "div" and given.get("class") == "scroll"]
    assert all(given.get("tabindex") == "0" and given.get("aria-label") for given in scrolling)
    assert all(given.get("aria-label") for tag, given in page.elements if tag == "nav")
    assert [tag for tag, _ in page.elements].count("h1") == 1


def test_story_works(world: World, page: Reader) -> None:
    """The five steps, sent as they stand on the page, end with the bank's referral."""
    world.clock.forward(days=260)  # into November 2026, where the story plays
    known = {"BUYER": world.alpha.id, "SUPPLIER": world.beta.id, "BANK": world.bank.id}
    known |= {
        "BUYER_KEY": world.alpha.key or "",
        "SUPPLIER_KEY": world.beta.key or "",
        "BANK_KEY": world.bank.key or "",
    }
    words = "".join(page.words)
    for step in STORY:
        for request in step.requests:
            assert request.curl() in words
            answer = _sent(world, request, known)
            assert answer.status_code in {200, 201}, answer.text
            made = {"/v1/collaborations": "JOB", "/v1/referrals": "REFERRAL"}.get(request.path)
            known |= {made: answer.json["id"]} if made else {}
    assert answer.json["firm"]["id"] == world.beta.id
    assert answer.json["jobs"]["12_months"]["count"] == 1


def _sent(world: World, request: Any, known: Mapping[str, str]) -> Any:
    path = Template(request.path).substitute(known).removeprefix("/v1")
    body = json.loads(Template(json.dumps(request.body)).substitute(known))
    caller = world.holding(known[request.caller])
    return caller.send(request.method, path, body, **request.headers)
