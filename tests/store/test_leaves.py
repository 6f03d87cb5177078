"""No two events have the same leaf."""

from __future__ import annotations

from dataclasses import replace
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
    assert [tag for tag, _ in fields] == [b"i", b"u", b"i", b"t", b"b", b"b"]
    position, id_, version, topic, state, found = (value for _, value in fields)
    read = Stored(_number(position), UUID(bytes=id_), _number(version), topic.decode(), state)
    assert (read, found) == (event, salt)


def _number(value: bytes) -> int:
    return int.from_bytes(value, signed=True)


def test_the_bytes_are_as_documented() -> None:
    """docs/proofs.md shows this leaf."""
    lines = (
        "69 0000000000000008 0000000000000001",
        "75 0000000000000010 00000000000000000000000000000002",
        "69 0000000000000008 0000000000000003",
        "74 0000000000000001 61",
        "62 0000000000000001 62",
        "62 0000000000000001 63",
    )
    leaf = encode(Stored(1, UUID(int=2), 3, "a", b"b"), b"c")
    assert leaf == b"collaboration-ledger leaf 1\n" + bytes.fromhex(" ".join(lines))


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
