"""A stored event as the bytes of a leaf: no two events have the same, whatever their fields hold.

Each field is a tag for its type, its length in eight bytes, and its value; docs/proofs.md tells it byte by byte. The
salt keeps those who know most of an event from trying out the rest against its public hash.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from uuid import UUID

from ledger.store.merkle import leaf_hash

FORMAT = b"collaboration-ledger leaf 1\n"
SALT_BYTES = 16
WHOLE = 8  # bytes of a whole number


@dataclass(frozen=True, slots=True)
class Stored:
    """One event as it lies in the database: what a leaf binds, `state` in ciphertext where it is encrypted."""

    position: int
    originator_id: UUID
    originator_version: int
    topic: str
    state: bytes


def new_salt() -> bytes:
    """Return bytes that nobody can guess."""
    return secrets.token_bytes(SALT_BYTES)


def encode(event: Stored, salt: bytes) -> bytes:
    """Return the bytes of the leaf; raise `TypeError` for a field of another type than it should have."""
    return FORMAT + b"".join(
        (
            _field(b"i", event.position, int),
            _field(b"u", event.originator_id, UUID),
            _field(b"i", event.originator_version, int),
            _field(b"t", event.topic, str),
            _field(b"b", event.state, bytes),
            _field(b"b", salt, bytes),
        )
    )


def hashed(event: Stored, salt: bytes) -> bytes:
    """Return the hash of the leaf; raise `TypeError` as `encode` does."""
    return leaf_hash(encode(event, salt))


def _field(tag: bytes, value: object, kind: type) -> bytes:
    if type(value) is not kind:  # a damaged file may hold text where a number was
        raise TypeError(f"{kind.__name__} is expected, not {type(value).__name__}")
    found = _value(value)
    return tag + len(found).to_bytes(WHOLE) + found


def _value(value: object) -> bytes:
    match value:
        case int():
            return value.to_bytes(WHOLE, signed=True)
        case UUID():
            return value.bytes
        case str():
            return value.encode()
    return value if isinstance(value, bytes) else b""
