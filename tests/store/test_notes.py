"""Signed heads in the formats of C2SP."""

from __future__ import annotations

from base64 import b64decode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from ledger.store.notes import BadNote, Checkpoint, key_id, opened, sign, signature, vkey

# From the documentation of Go's package note, which C2SP's format comes from.
NAME = "PeterNeumann"
SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
VKEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
SIGNED = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM="
KEY = Ed25519PrivateKey.generate()
HEAD = Checkpoint("ledger.example.org", 42, bytes(range(32)))
NOTE = sign(HEAD, KEY)


def test_signatures_are_the_known_ones() -> None:
    """Programs that verify notes take ours."""
    key = Ed25519PrivateKey.from_private_bytes(b64decode(SECRET)[1:])
    assert vkey(NAME, key.public_key()) == VKEY
    assert signature(NAME, TEXT, key) == SIGNED


def test_a_head_reads_back() -> None:
    """Three lines, a blank one, the signature."""
    assert NOTE.startswith(
        "ledger.example.org\n42\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— ledger.example.org "
    )
    assert opened(NOTE, [Ed25519PrivateKey.generate().public_key(), KEY.public_key()]) == HEAD


def test_signatures_of_others_are_no_harm() -> None:
    """Witnesses sign the same note, under their names."""
    witness = signature("witness.example.org", HEAD.text(), Ed25519PrivateKey.generate())
    assert opened(f"{HEAD.text()}\n{witness}\n{NOTE.rpartition(chr(10) * 2)[2]}", [KEY.public_key()]) == HEAD


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("42", "43"),
        ("42", "042"),
        ("42", "-42"),
        ("42", " 42"),
        ("42", "many"),
        ("AAEC", "AAED"),
        ("AAEC", "A?EC"),
        ("ledger.example.org\n", "other.example.org\n"),
        ("\n\n", "\nmore\n\n"),
        ("— ", "- "),
        ("— ledger", "— other"),
    ],
)
def test_a_head_that_was_touched_is_refused(old: str, new: str) -> None:
    """Whatever was changed, and however little."""
    with pytest.raises(BadNote):
        opened(NOTE.replace(old, new, 1), [KEY.public_key()])


@pytest.mark.parametrize("note", ["", "\n\n", "a\n\n— a b", "a\n1\nAA==\n\n— a !!", NOTE.partition("\n\n")[0]])
def test_what_is_no_head_is_refused(note: str) -> None:
    """With a reason, not with a stumble."""
    with pytest.raises(BadNote):
        opened(note, [KEY.public_key()])


def test_another_key_is_refused() -> None:
    """Also one whose id was written into the note."""
    other = Ed25519PrivateKey.generate().public_key()
    with pytest.raises(BadNote, match="none of the log's keys"):
        opened(NOTE, [other])
    assert key_id("a", other) != key_id("b", other)
