"""The log's signed head and its proofs over HTTP: hashes and positions alone, so anyone may have them."""

from __future__ import annotations

import re
from base64 import b64encode
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from flask import Blueprint, Response, jsonify

from ledger.api.endpoint import Contract, endpoint
from ledger.domain.errors import Fault, InvalidRequest, NotFound
from ledger.seals.disclosing import shown
from ledger.seals.proofs import BeyondTheTreeError, NotSealedError
from ledger.web.house import house
from ledger.web.schemas.queries import ConsistencyQuery, InclusionQuery, LeavesQuery

if TYPE_CHECKING:
    from collections.abc import Iterator

bp = Blueprint("log", __name__)

MOST_LEAVES = 1000
TILE = re.compile(r"(\d|[1-5]\d|6[0-3])/((?:x\d{3}/){0,4}\d{3})(?:\.p/([1-9]\d{0,2}))?", re.ASCII)
FULL = 256
TEXT = "text/plain; charset=utf-8"


@endpoint(
    bp, "/log/checkpoint", Contract("GET", "The last signed head", "anyone", raw="text/plain", public=True, absent=True)
)
def checkpoint() -> Response:
    """Show the last signed head: a C2SP checkpoint, signed at most a second or so after the last event."""
    head = house().seals.head()
    if head is None:
        raise NotFound("Nothing is sealed yet; a head is signed within a second or so of the first event.")
    return Response(head.note, content_type=TEXT)


@endpoint(
    bp, "/log/key", Contract("GET", "The keys that heads are signed with", "anyone", raw="text/plain", public=True)
)
def key() -> Response:
    """Show the log's public keys as C2SP verifier keys, one a line, the newest first."""
    return Response("".join(f"{line}\n" for line in house().log_keys()), content_type=TEXT)


@endpoint(
    bp,
    "/log/proofs/inclusion",
    Contract(
        "GET",
        "That an event is in the tree",
        "anyone",
        query=InclusionQuery(),
        answer="InclusionProof",
        public=True,
        absent=True,
    ),
)
def inclusion(query: dict[str, Any]) -> Response:
    """Prove that the event at a position is in the tree of `size` leaves, by default of the last signed head."""
    with _told("/size"):
        found = house().seals.inclusion(query["position"], query.get("size"))
    return jsonify(position=found.position, tree_size=found.size, **shown(found))


@endpoint(
    bp,
    "/log/proofs/consistency",
    Contract(
        "GET", "That the tree only grew", "anyone", query=ConsistencyQuery(), answer="ConsistencyProof", public=True
    ),
)
def consistency(query: dict[str, Any]) -> Response:
    """Prove that the tree of `first` leaves is the beginning of that of `second`, by default of the last head."""
    with _told("/second" if "second" in query else "/first"):
        second, hashes = house().seals.consistency(query["first"], query.get("second"))
    return jsonify(first=query["first"], second=second, hashes=[_text(one) for one in hashes])


@endpoint(
    bp, "/log/leaves", Contract("GET", "Hashes of leaves", "anyone", query=LeavesQuery(), answer="Leaves", public=True)
)
def leaves(query: dict[str, Any]) -> Response:
    """List the hashes of leaves `from` to `to`, both included, at most 1,000 of them."""
    first, last = query["first"], query.get("last")
    count = MOST_LEAVES if last is None else max(0, min(MOST_LEAVES, last - first + 1))
    found = house().seals.leaves(first, count + 1)
    more = found[count].leaf_index if len(found) > count and (last is None or last >= first + count) else None
    items = [
        {"leaf_index": one.leaf_index, "position": one.position, "leaf_hash": _text(one.hash)} for one in found[:count]
    ]
    return jsonify(items=items, next=more)


@endpoint(
    bp,
    "/log/tile/<path:tile>",
    Contract("GET", "Hashes of the tree, in tiles of 256", "anyone", raw="application/octet-stream", public=True),
)
def show_tile(tile: str) -> Response:
    """Show a tile as C2SP tlog-tiles names them: `<level>/<number>`, and `.p/<width>` where the tree ends."""
    asked = TILE.fullmatch(tile)
    number = int(asked[2].replace("x", "").replace("/", "")) if asked else 0
    width = int(asked[3] or FULL) if asked else 0
    found = house().seals.tile(int(asked[1]), number, width) if asked and width <= FULL else []
    if not found or len(found) < width:
        raise NotFound("There is no such tile, or it is not as wide yet.")
    return Response(b"".join(found), content_type="application/octet-stream")


@contextmanager
def _told(pointer: str) -> Iterator[None]:
    try:
        yield
    except NotSealedError as error:
        raise NotFound(str(error)) from error
    except BeyondTheTreeError as error:
        raise InvalidRequest(str(error), faults=[Fault(pointer, str(error))]) from error


def _text(found: bytes) -> str:
    return b64encode(found).decode()
