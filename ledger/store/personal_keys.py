"""The keys that personal data are encrypted with: one of 256 bits for each subject, beside the log and never in it."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ledger.store.errors import StoreUnavailable
from ledger.store.keyring import Held, Keyring, MemoryKeyring
from ledger.store.keyring_postgresql import PostgreSQLKeyring
from ledger.store.keyring_sqlite import SQLiteKeyring

KEY_LENGTH = 32
ID_LENGTH = 4

# Keys remembered at most: 100,000 take some 30 MB.
MOST = 100_000


@dataclass(frozen=True, slots=True)
class PersonalKey:
    """A key in use. Its id, the beginning of its fingerprint, tells it from one made after keys were lost."""

    id: bytes
    cipher: AESGCM


@dataclass(frozen=True, slots=True)
class Destroyed:
    """Which key is destroyed, by the SHA-256 of its secret, and whether it was this call that destroyed it."""

    fingerprint: str
    now: bool


class PersonalKeys:
    """The keys of a keyring, remembered until any process destroys one of them."""

    def __init__(self, keyring: Keyring) -> None:
        self._keyring = keyring
        # A thread that looks a key up keeps the dictionary it began with, so that none that was read before an
        # erasure lands in the one that is used after it.
        self._known: dict[UUID, PersonalKey | None] = {}
        self._erasures = -1
        self._checked = 0.0

    @classmethod
    def open(cls, url: str) -> PersonalKeys:
        """Open "memory:", "sqlite:///path" or "postgresql://…"; connects on first use, creates no tables."""
        if url == "memory:":
            return cls(MemoryKeyring())
        if url.startswith("sqlite:///"):
            return cls(SQLiteKeyring(Path(url.removeprefix("sqlite:///"))))
        return cls(PostgreSQLKeyring(url))

    def migrate(self) -> None:
        """Create what is missing."""
        self._keyring.migrate()

    def for_encrypting(self, subject: UUID) -> PersonalKey | None:
        """Return the subject's key, a new one when it never had one, None when it is destroyed."""
        known = self._known
        return known[subject] if subject in known else _remembered(known, subject, self._made(subject))

    def for_decrypting(self, subject: UUID) -> PersonalKey | None:
        """Return the subject's key, None when it is destroyed or lost."""
        known = self._known
        return known[subject] if subject in known else _remembered(known, subject, self._keyring.find(subject))

    def lost(self, subject: UUID, id_: bytes) -> bool:
        """Tell whether this key never was here; one that was destroyed is not lost, for it leaves its fingerprint."""
        held = self._keyring.find(subject)
        return held is None or bytes.fromhex(held.fingerprint)[:ID_LENGTH] != id_

    def check(self, seconds: float) -> None:
        """Forget all keys when one was destroyed since the last check, unless that was only `seconds` ago."""
        now = time.monotonic()
        if seconds and now - self._checked < seconds:
            return
        erasures = self._keyring.erasures()
        if erasures != self._erasures or len(self._known) > MOST:
            self._known, self._erasures = {}, erasures
        self._checked = now

    def destroy(self, subject: UUID) -> Destroyed:
        """Destroy the subject's key for good; nothing encrypted with it can be read again, here from now on."""
        fingerprint = self._made(subject).fingerprint
        now = self._keyring.destroy(subject)
        self.check(0)
        return Destroyed(fingerprint, now)

    def digest(self, subject: UUID, content: bytes) -> str:
        """Return a digest that nobody can work out without the subject's key, which is made when there is none.

        Raises `StoreUnavailable` when that key is destroyed: an empty one would be everybody's.
        """
        secret = self._made(subject).secret
        if secret is None:
            raise StoreUnavailable("the key of the digests is destroyed")
        return hmac.digest(secret, content, "sha256").hex()

    def close(self) -> None:
        """Close every connection."""
        self._keyring.close()

    def _made(self, subject: UUID) -> Held:
        found = self._keyring.find(subject)
        if found is None:
            secret = secrets.token_bytes(KEY_LENGTH)
            self._keyring.add(subject, Held(secret, hashlib.sha256(secret).hexdigest()))
            found = self._keyring.find(subject)  # another process may have been first
        if found is None:
            raise StoreUnavailable("the keys of personal data do not keep what they are given")
        return found


def _remembered(known: dict[UUID, PersonalKey | None], subject: UUID, held: Held | None) -> PersonalKey | None:
    if held is None:  # lost, perhaps, and another process may make a new one
        return None
    cipher = None if held.secret is None else AESGCM(held.secret)
    key = PersonalKey(bytes.fromhex(held.fingerprint)[:ID_LENGTH], cipher) if cipher else None
    return known.setdefault(subject, key)
