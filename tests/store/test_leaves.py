"""No two events have the same leaf."""

from __future__ import annotations

from dataclasses import astuple, replace
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.store.leaves import FORMAT, SALT_BYTES, Stored, encode, hashed, new_salt

SALT = bytes(range(16))
EVENT = Stored(7, UUID(int=5), 2, "firm.admitted", b'{"name": "Example"}')
NUMBERS = st.integers(-(2**63), 2**63 - 1)
# Short and alike, so that fields run into each other if they can.
TEXTS = st.text("abT\0", max_size=4) | st.text(max_size=8)
BYTES = st.text("abT\0", max_size=4).map(str.encode) | st.binary(max_size=8)
EVENTS = st.builds(Stored, NUMBERS, st.uuids(), NUMBERS, TEXTS, BYTES)


@given(EVENTS, BYTES, EVENTS, BYTES)
def test_another_event_is_another_leaf(one: Stored, salt: bytes, other: Stored, pepper: bytes) -> None:
    """Equal bytes mean equal events, and equal salt."""
    assert (encode(one, salt) == encode(other, pepper)) == ((one, salt) == (other, pepper))


@given(EVENTS, BYTES)
def test_a_leaf_reads_back(event: Stored, salt: bytes) -> None:
    """Whoever knows the format gets every field out of the bytes, so nothing is lost in them."""
    rest, fields = encode(event, salt).removeprefix(FORMAT), []
    while rest:
        length = int.from_bytes(rest[1:9])
        fields.append((rest[:1], rest[9 : 9 + length]))
        rest = rest[9 + length :]
    kinds = {b"i": lambda f: int.from_bytes(f, signed=True), b"u": lambda f: UUID(bytes=f), b"t": bytes.decode}
    read = [kinds[kind](found) if kind in kinds else found for kind, found in fields]
    assert tuple(read) == (*astuple(event), salt)


def test_the_bytes_are_as_documented() -> None:
    """docs/proofs.md shows this leaf."""
    assert encode(Stored(1, UUID(int=2), 3, "a", b"b"), b"c").hex() == (
        FORMAT.hex()
        + "690000000000000008" "0000000000000001"
        + "750000000000000010" "00000000000000000000000000000002"
        + "690000000000000008" "0000000000000003"
        + "740000000000000001" "61"
        + "620000000000000001" "62"
        + "620000000000000001" "63"
    )  # fmt: skip


@pytest.mark.parametrize(
    "damage",
    [{"position": "7"}, {"originator_version": 2.0}, {"topic": b"firm.admitted"}, {"state": "{}"}, {"position": True}],
)
def test_a_field_of_another_type_is_no_leaf(damage: dict[str, Any]) -> None:
    """A damaged file may hold text where a number was, and it must not pass for it."""
    with pytest.raises(TypeError, match="is expected"):
        encode(replace(EVENT, **damage), SALT)


def test_a_leaf_cannot_be_guessed() -> None:
    """The same event under another salt has another hash, and no two salts are the same."""
    assert hashed(EVENT, SALT) != hashed(EVENT, new_salt())
    assert len({new_salt() for _ in range(100)}) == 100
    assert len(new_salt()) == SALT_BYTES
