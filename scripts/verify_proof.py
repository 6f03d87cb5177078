#!/usr/bin/env python3
"""Verify proofs of a collaboration ledger without it: Python and the package `cryptography`, nothing of the server.

verify_proof.py event FILE --key VKEY               what `ledger prove` printed: is the event in the signed tree?
verify_proof.py grown OLD NEW PROOF --key VKEY      two signed heads and their consistency proof: did the log only grow?

VKEY is a line of /v1/log/key that you keep: take it once, over a channel you trust. docs/proofs.md tells the formats.
"""

from __future__ import annotations

import argparse
import json
import sys
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORMAT = b"collaboration-ledger leaf 1\n"


class Invalid(Exception):
    """A proof does not hold; the message says why."""


def leaf(event: dict) -> bytes:
    """Return the hash of an event's leaf."""
    fields = (
        (b"i", event["position"].to_bytes(8, "big", signed=True)),
        (b"u", UUID(event["originator_id"]).bytes),
        (b"i", event["originator_version"].to_bytes(8, "big", signed=True)),
        (b"t", event["topic"].encode()),
        (b"b", b64decode(event["state"], validate=True)),
        (b"b", b64decode(event["salt"], validate=True)),
    )
    data = FORMAT + b"".join(tag + len(value).to_bytes(8, "big") + value for tag, value in fields)
    return sha256(b"\x00" + data).digest()


def head(note: str, keys: list[str]) -> tuple[int, bytes]:
    """Return size and root of a signed head; raise `Invalid` unless one of the keys has signed it."""
    text, _, lines = note.partition("\n\n")
    origin, size, root = text.split("\n")
    for line in lines.splitlines():
        name, _, signed = line.removeprefix("— ").rpartition(" ")
        signature = b64decode(signed, validate=True)
        for key in keys:
            if name == origin and _signed(f"{text}\n", origin, signature, key):
                return int(size), b64decode(root, validate=True)
    raise Invalid(f"the head over {size} leaves of {origin} is not signed with a key that you trust")


def _signed(text: str, origin: str, signature: bytes, key: str) -> bool:
    name, _, encoded = key.split("+", 2)
    public = b64decode(encoded, validate=True)
    known = sha256(origin.encode() + b"\n" + public).digest()[:4]
    if name != origin or signature[:4] != known or public[:1] != b"\x01":
        return False
    try:
        Ed25519PublicKey.from_public_bytes(public[1:]).verify(signature[4:], text.encode())
    except InvalidSignature:
        return False
    return True


def _over(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def included(found: bytes, index: int, size: int, path: list[bytes], root: bytes) -> bool:
    """Tell whether the path leads from leaf to root, RFC 9162 section 2.1.3.2."""
    place, last = index, size - 1
    if not 0 <= place <= last:
        return False
    for step in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = _over(step, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = _over(found, step)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def grown(first: int, second: int, path: list[bytes], one: bytes, other: bytes) -> bool:
    """Tell whether the first tree is the beginning of the second, RFC 9162 section 2.1.4.2."""
    if first == second:
        return not path and one == other
    if not 0 < first < second:
        return False
    steps = [one, *path] if first & (first - 1) == 0 else path
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    if not steps:
        return False
    old = new = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = _over(step, old), _over(step, new)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            new = _over(new, step)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == (one, other)


def check_event(proof: dict, keys: list[str]) -> str:
    """Check what `ledger prove` printed; return what it proves."""
    size, root = head(proof["checkpoint"], keys)
    found = leaf(proof["event"])
    if found != b64decode(proof["leaf_hash"]):
        raise Invalid("the event is not the one whose hash is in the proof")
    if not included(found, proof["leaf_index"], size, _hashes(proof), root):
        raise Invalid("the proof does not lead to the root that was signed")
    event = proof["event"]
    return f"{event['topic']} at position {event['position']} is leaf {proof['leaf_index']} of {size} signed ones"


def check_growth(old: str, new: str, proof: dict, keys: list[str]) -> str:
    """Check two heads and the proof between them; return what it proves."""
    (first, one), (second, other) = head(old, keys), head(new, keys)
    if not grown(first, second, _hashes(proof), one, other):
        raise Invalid(f"the log of {second} leaves does not begin with the log of {first} that was signed before")
    return f"the log of {second} leaves begins with the log of {first}"


def _hashes(proof: dict) -> list[bytes]:
    return [b64decode(one, validate=True) for one in proof["hashes"]]


def main() -> int:
    """Say "valid: …" and return 0, or "NOT VALID: …" and return 1."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["event", "grown"])
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    parser.add_argument("--key", action="append", required=True, metavar="VKEY", help="may be given several times")
    options = parser.parse_args()
    if len(options.files) != {"event": 1, "grown": 3}[options.what]:
        parser.error(f"{options.what} takes {'one file' if options.what == 'event' else 'OLD NEW PROOF'}")
    texts = [file.read_text(encoding="utf-8") for file in options.files]
    try:
        if options.what == "event":
            said = check_event(json.loads(texts[0]), options.key)
        else:
            said = check_growth(texts[0], texts[1], json.loads(texts[2]), options.key)
    except Invalid as reason:
        print(f"NOT VALID: {reason}")
        return 1
    except (KeyError, ValueError, TypeError, AttributeError, OverflowError) as error:
        print(f"NOT VALID: this is no proof of a collaboration ledger ({type(error).__name__}: {error})")
        return 1
    print(f"valid: {said}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
