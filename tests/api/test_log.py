"""Signed heads and proofs over HTTP, as somebody without a key checks them."""

from __future__ import annotations

from base64 import b64decode
from typing import Any

import pytest

from ledger.store import merkle
from tests.api.jobs import praised
from tests.api.world import World


def decoded(hashes: list[str]) -> list[bytes]:
    """Hashes as bytes."""
    return [b64decode(one) for one in hashes]


def head(world: World) -> tuple[int, bytes]:
    """Size and root of the last signed head."""
    answer = world.anyone.get("/log/checkpoint")
    assert answer.content_type == "text/plain; charset=utf-8"
    _, size, root, *_ = answer.text.split("\n")
    return int(size), b64decode(root)


def test_every_event_is_proved(either_world: World) -> None:
    """From its leaf's hash to the root that was signed."""
    size, root = head(either_world)
    assert size == either_world.events()
    for position in range(1, size + 1):
        proof = either_world.anyone.read(f"/log/proofs/inclusion?position={position}")
        path = decoded(proof["hashes"])
        assert proof["tree_size"] == size
        assert merkle.verify_inclusion(b64decode(proof["leaf_hash"]), proof["leaf_index"], size, path, root)


def test_growth_is_proved(either_world: World) -> None:
    """The head that somebody kept is the beginning of the one that is signed now."""
    first, one = head(either_world)
    praised(either_world.alpha, either_world.beta)
    either_world.house.sealer.look()
    second, other = head(either_world)
    proof = either_world.anyone.read(f"/log/proofs/consistency?first={first}")
    assert proof["second"] == second > first
    assert merkle.verify_consistency(first, second, decoded(proof["hashes"]), one, other)


def test_no_leaf_lies_behind_the_largest_number(either_world: World) -> None:
    """Neither database has room for the next number."""
    assert either_world.anyone.read(f"/log/leaves?from={2**63 - 1}") == {"items": [], "next": None}


def test_leaves_make_the_tree(world: World) -> None:
    """In pages, from leaf to leaf, both included; whoever has them all has the root."""
    size, root = head(world)
    first = world.anyone.read("/log/leaves?from=0&to=2")
    rest = world.anyone.read("/log/leaves?from=3")
    found = decoded([one["leaf_hash"] for one in [*first["items"], *rest["items"]]])
    assert len(first["items"]) == 3
    assert (first["next"], rest["next"]) == (None, None)
    assert merkle.root(size, merkle.Tree(found).node) == root
    assert world.anyone.read("/log/leaves?from=5&to=4") == {"items": [], "next": None}


def test_leaves_come_in_pages(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """`next` is where the next page begins."""
    monkeypatch.setattr("ledger.api.log.MOST_LEAVES", 4)
    page: dict[str, Any] = world.anyone.read("/log/leaves?from=1")
    assert ([one["leaf_index"] for one in page["items"]], page["next"]) == ([1, 2, 3, 4], 5)
    assert world.anyone.read("/log/leaves?from=1&to=4")["next"] is None


def test_tiles_hold_the_nodes(world: World) -> None:
    """As wide as was asked for, and no wider than the tree."""
    size, _ = head(world)
    leaves = world.anyone.read("/log/leaves")["items"]
    answer = world.anyone.get(f"/log/tile/0/000.p/{size}")
    assert answer.content_type == "application/octet-stream"
    assert answer.data == b"".join(decoded([one["leaf_hash"] for one in leaves]))
    for missing in ("0/000", f"0/000.p/{size + 1}", "1/000", "0/x000/001", "64/000", "a", "0/000.p/0", "0/000.p/257"):
        assert world.anyone.get(f"/log/tile/{missing}").status_code == 404, missing


def test_keys_are_told(world: World) -> None:
    """One a line, under the name that the heads have."""
    name = world.anyone.get("/log/checkpoint").text.split("\n")[0]
    assert world.anyone.get("/log/key").text.startswith(f"{name}+")


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("inclusion?position=999999", 404, "No event is sealed at position 999999"),
        ("inclusion?position=5&size=3", 404, "in the tree of 3 leaves"),
        ("inclusion?position=1&size=999999", 422, "leaves, not 999999"),
        ("inclusion", 422, "position"),
        ("inclusion?position=0", 422, "position"),
        ("consistency?first=999999", 422, "no beginning of"),
        ("consistency?first=3&second=2", 422, "no beginning of"),
        ("consistency?first=3&second=999999", 422, "leaves, not 999999"),
    ],
)
def test_what_is_beyond_the_tree_is_told(world: World, query: str, status: int, said: str) -> None:
    """With what there is instead."""
    answer = world.anyone.get(f"/log/proofs/{query}")
    assert answer.status_code == status
    assert said in answer.json["detail"]


def test_nothing_is_sealed_at_first(world: World) -> None:
    """A new ledger has no head for a moment."""
    world.house.seals.head = lambda: None  # type: ignore[method-assign]
    assert world.anyone.get("/log/checkpoint").status_code == 404
