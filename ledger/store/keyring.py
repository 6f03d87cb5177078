"""What the keys of personal data ask of the database they lie in, and a keyring in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from threading import Lock
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Held:
    """A subject's key; without a secret it is destroyed, and only its fingerprint is known."""

    secret: bytes | None
    fingerprint: str


class Keyring(Protocol):
    """Keys by subject. What is destroyed never comes back under the same subject."""

    def migrate(self) -> None:
        """Create what is missing; safe when several processes do it at once."""

    def find(self, subject: UUID) -> Held | None:
        """Return the subject's key, also a destroyed one, None when there never was one."""

    def add(self, subject: UUID, key: Held) -> None:
        """Keep the key unless the subject has or had one: of several processes the first one wins."""

    def destroy(self, subject: UUID) -> bool:
        """Overwrite the secret and count one erasure more; False when there is no secret any more."""

    def erasures(self) -> int:
        """Return how many keys were destroyed: by this other processes learn that theirs are out of date."""

    def close(self) -> None:
        """Close every connection."""


class MemoryKeyring:
    """Keys that live and die with the process, for a ledger in memory."""

    def __init__(self) -> None:
        self._keys: dict[UUID, Held] = {}
        self._erasures = 0
        self._lock = Lock()

    def migrate(self) -> None:
        """There is nothing to create."""

    def find(self, subject: UUID) -> Held | None:
        """Return the subject's key."""
        return self._keys.get(subject)

    def add(self, subject: UUID, key: Held) -> None:
        """Keep the key unless there is one."""
        self._keys.setdefault(subject, key)

    def destroy(self, subject: UUID) -> bool:
        """Forget the secret."""
        with self._lock:
            held = self._keys.get(subject)
            if held is None or held.secret is None:
                return False
            self._keys[subject] = replace(held, secret=None)
            self._erasures += 1
            return True

    def erasures(self) -> int:
        """Return how many keys were destroyed."""
        return self._erasures

    def close(self) -> None:
        """There is nothing to close."""
