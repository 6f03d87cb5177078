"""Passwords: long enough, no name in them, kept by argon2id."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.application import passwords
from ledger.domain.errors import WeakPassword

GOOD = "drei Boote im Hafen"
ABOUT = ("Åse Vejmand", "aase.v@hafenwerft.example")


def test_a_hash_is_argon2id_and_fits_its_password_alone() -> None:
    """Two hashes of one password differ."""
    kept = passwords.hashed(GOOD, *ABOUT)
    assert kept.startswith("$argon2id$")
    assert kept != passwords.hashed(GOOD)
    assert passwords.fits(GOOD, kept)
    assert not passwords.fits(f"{GOOD}.", kept)
    assert not passwords.fits(GOOD, None)
    assert not passwords.fits(GOOD, "erased")


def test_a_letter_with_its_accent_is_one_or_two() -> None:
    """The same password from every keyboard."""
    assert passwords.fits("gru\u0308ne Boote hier", passwords.hashed("gr\u00fcne Boote hier"))


def test_a_weaker_hash_is_outdated() -> None:
    """When the library's parameters rise, sign-ins make it anew."""
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(GOOD)
    assert passwords.outdated(weak)
    assert not passwords.outdated(passwords.hashed(GOOD))


@pytest.mark.parametrize(
    "weak",
    [
        "elf Zeichen",
        "x" * 201,
        "abababababab",
        "My Passw0rd is Password",
        "qwertzuiop asdf",
        "123456789012",
        "vejmand har en båd",
        "VEJMAND har en båd",
        "bei der hafenwerft",
    ],
)
def test_what_anybody_would_try_is_refused(weak: str) -> None:
    """With a pointer, and without the password in what is said."""
    with pytest.raises(WeakPassword) as refused:
        passwords.hashed(weak, *ABOUT)
    assert [fault.pointer for fault in refused.value.faults] == ["/password"]
    assert weak not in refused.value.detail


@settings(max_examples=15)
@given(st.text(min_size=12, max_size=40).filter(lambda text: len(set(text.casefold())) > 8))
def test_what_is_accepted_fits(password: str) -> None:
    """Whatever somebody types, it is refused or it opens."""
    try:
        kept = passwords.hashed(password, *ABOUT)
    except WeakPassword:
        return
    assert passwords.fits(password, kept)
