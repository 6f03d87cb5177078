"""Signed heads of the log in the formats of C2SP: tlog-checkpoint in a signed-note, with an Ed25519 key.

<origin>
<size>
<root, base64>

— <origin> <base64 of the key's id (4 bytes) and the signature>
"""

from __future__ import annotations

import binascii
from base64 import b64decode, b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ED25519 = b"\x01"
ID_BYTES = 4
MARK = "— "


class BadNote(ValueError):
    """A note is not what it should be, or none of the keys has signed it."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """What a note signs: so many leaves of this log have this root."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """Return the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def sign(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """Return the signed note."""
    text = checkpoint.text()
    return f"{text}\n{signature(checkpoint.origin, text, key)}\n"


def signature(name: str, text: str, key: Ed25519PrivateKey) -> str:
    """Return the line by which this name signs the text."""
    signed = key_id(name, key.public_key()) + key.sign(text.encode())
    return f"{MARK}{name} {b64encode(signed).decode()}"


def opened(note: str, keys: Iterable[Ed25519PublicKey]) -> Checkpoint:
    """Return what a note says when one of the keys has signed it under the log's name; raise `BadNote`."""
    text, _, lines = note.partition("\n\n")
    found = read(f"{text}\n")
    known = {key_id(found.origin, key): key for key in keys}
    if not any(_holds(line, found, known) for line in lines.splitlines()):
        raise BadNote("none of the log's keys has signed this head")
    return found


def read(text: str) -> Checkpoint:
    """Return what the lines of a head say, whoever has signed them; raise `BadNote`."""
    try:
        origin, size, root, end = text.split("\n")
        found = Checkpoint(origin, int(size), b64decode(root, validate=True))
    except (ValueError, binascii.Error):
        raise BadNote("this is no head of a log: a name, a size, a root") from None
    if found.text() != text or end:
        raise BadNote("this head of a log is not written as it should be")
    return found


def key_id(name: str, key: Ed25519PublicKey) -> bytes:
    """Return by what four bytes a signature names its key."""
    return sha256(name.encode() + b"\n" + ED25519 + _raw(key)).digest()[:ID_BYTES]


def vkey(name: str, key: Ed25519PublicKey) -> str:
    """Return the public key as those who verify notes take it."""
    return f"{name}+{key_id(name, key).hex()}+{b64encode(ED25519 + _raw(key)).decode()}"


def _holds(line: str, found: Checkpoint, known: dict[bytes, Ed25519PublicKey]) -> bool:
    if not line.startswith(f"{MARK}{found.origin} "):
        return False
    try:
        signed = b64decode(line.rpartition(" ")[2], validate=True)
        known[signed[:ID_BYTES]].verify(signed[ID_BYTES:], found.text().encode())
    except (KeyError, binascii.Error, InvalidSignature):
        return False
    return True


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)
