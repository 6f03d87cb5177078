"""Passwords: which are good enough, and how they are kept (argon2id, by the library's parameters)."""

from __future__ import annotations

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ledger.domain.errors import Fault, WeakPassword

SHORTEST, LONGEST = 12, 200
FEWEST_DIFFERENT = 6
TELLING = 4  # letters that a piece of a name needs before it may not stand in a password
COMMON = ("passwor", "passwd", "kennwort", "adgangskode", "qwert", "12345678", "abcdef")

_HASHER = PasswordHasher()
# Each hash takes 64 MB for a while: a burst of sign-ins waits instead of taking a gigabyte.
_AT_ONCE = BoundedSemaphore(4)


def hashed(password: str, *about: str) -> str:
    """Return the hash of a new password; raise `WeakPassword`, also when it holds what is known `about` the person."""
    wrong = _weakness(password, about)
    if wrong:
        raise WeakPassword(wrong, faults=[Fault("/password", wrong)])
    return rehashed(password)


def rehashed(password: str) -> str:
    """Return a hash of a password that is good enough already."""
    with _AT_ONCE:
        return _HASHER.hash(_normal(password))


def fits(password: str, kept: str | None) -> bool:
    """Tell whether this is the password that is kept; takes its time where none is."""
    given, nobody = _normal(password[: LONGEST + 1]), _nobody()
    try:
        with _AT_ONCE:
            _HASHER.verify(kept or nobody, given)
        return kept is not None
    except (VerificationError, InvalidHashError):
        return False


def outdated(kept: str) -> bool:
    """Tell whether a hash is weaker than those that are made today."""
    return _HASHER.check_needs_rehash(kept)


@cache
def _nobody() -> str:
    """Return what nobody's password fits: an unknown address takes as long to refuse as a wrong password."""
    return _HASHER.hash("the password of nobody")


def _weakness(password: str, about: tuple[str, ...]) -> str | None:
    given = _normal(password).casefold()
    if not SHORTEST <= len(password) <= LONGEST:
        return f"A password has {SHORTEST} to {LONGEST} characters; some words in a row are easy to remember."
    if len(set(given)) < FEWEST_DIFFERENT:
        return f"A password has {FEWEST_DIFFERENT} different characters at least."
    if any(word in given for word in COMMON):
        return "This is among the first that anybody would try."
    if any(piece in given for text in about for piece in _pieces(text)):
        return "A password does not hold your name or your e-mail address."
    return None


def _pieces(text: str) -> list[str]:
    words = "".join(letter if letter.isalnum() else " " for letter in _normal(text).casefold()).split()
    return [word for word in words if len(word) >= TELLING]


def _normal(text: str) -> str:
    """The same password from every keyboard: a letter with its accent is one character or two."""
    return unicodedata.normalize("NFKC", text)
