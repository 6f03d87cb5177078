"""Encrypting what is personal in events before they are stored, and decrypting it again while its key is there."""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from cryptography.exceptions import InvalidTag
from eventsourcing.persistence import JSONTranscoder, Mapper, StoredEvent, Transcoding
from eventsourcing.utils import get_topic

from ledger.store.errors import CiphertextBroken
from ledger.store.personal_keys import ID_LENGTH, Destroyed, PersonalKey, PersonalKeys

NONCE_LENGTH = 12

# Seconds for which a process may go on with the keys it knows, except where it reads the log.
FRESH = 0.5


class Mark(Protocol):
    """Which field says whose personal data another one holds, what of it is personal, and how it reads once erased."""

    @property
    def of(self) -> str:
        """The field with the subject's id."""

    @property
    def erased(self) -> Any:
        """What a personal part reads as without its key."""

    def replace(self, value: Any, by: Callable[[str, Any], Any], path: str) -> Any:
        """Return the field's value with `by(path, part)` in place of each personal part."""


Marks: TypeAlias = Callable[[type[Any]], Mapping[str, Mark]]


@dataclass(frozen=True, slots=True)
class Encrypted:
    """A personal part as it is stored: whose it is, and key id, nonce and ciphertext, or nothing without a key."""

    subject: UUID
    content: bytes


class EncryptedAsText(Transcoding):
    """Transcoding of `Encrypted`."""

    type = Encrypted
    name = "encrypted"

    def encode(self, obj: Encrypted) -> str:
        """Return "subject:content", the content in Base64."""
        return f"{obj.subject.hex}:{b64encode(obj.content).decode()}"

    def decode(self, data: str) -> Encrypted:
        """Read "subject:content"."""
        subject, _, content = data.partition(":")
        return Encrypted(UUID(subject), b64decode(content))


class Vault:
    """Encrypts and decrypts events; `marks` tells what is personal in the events of a class."""

    def __init__(self, keys: PersonalKeys, marks: Marks) -> None:
        self._keys = keys
        self._marks = marks
        self._json = JSONTranscoder()

    def migrate(self) -> None:
        """Create what is missing."""
        self._keys.migrate()

    def check(self, seconds: float = FRESH) -> None:
        """Forget keys that another process may have destroyed, unless that was checked `seconds` ago."""
        self._keys.check(seconds)

    def destroy(self, subject: UUID) -> Destroyed:
        """Destroy a subject's key: all that was encrypted with it is erased."""
        return self._keys.destroy(subject)

    def digest(self, subject: UUID, content: bytes) -> str:
        """Return a digest under a subject's key."""
        return self._keys.digest(subject, content)

    def lost(self, state: bytes) -> set[UUID]:
        """Return whose parts of a stored event no key here was ever for: nobody erased them or can read them."""
        found: list[Encrypted] = []

        def note(part: dict[str, Any]) -> None:
            if part.get("_type_") == EncryptedAsText.name:
                found.append(EncryptedAsText().decode(part["_data_"]))

        json.loads(state, object_hook=note)
        return {one.subject for one in found if one.content and self._keys.lost(one.subject, one.content[:ID_LENGTH])}

    def encrypted(self, event: Any) -> Any:
        """Return a copy of the event in which every personal part is encrypted with its subject's key."""
        marks = self._marks(type(event))
        if not marks:
            return event
        said, place = vars(event), _place(event)
        copy = object.__new__(type(event))
        vars(copy).update(said)
        for name, mark in marks.items():
            subject = said.get(mark.of) or said["originator_id"]  # an operator's key has no subject but itself
            vars(copy)[name] = mark.replace(said[name], self._encrypting(subject, place), name)
        return copy

    def decrypted(self, event: Any) -> Any:
        """Return the event, which was just read, with its encrypted parts decrypted, or erased."""
        place, said = _place(event), vars(event)
        for name, mark in self._marks(type(event)).items():
            said[name] = self._decrypted(said[name], mark.erased, place, name)
        return event

    def close(self) -> None:
        """Close every connection."""
        self._keys.close()

    def _encrypting(self, subject: UUID, place: str) -> Callable[[str, Any], Encrypted]:
        key = self._keys.for_encrypting(subject)

        def encrypt(path: str, part: Any) -> Encrypted:
            if key is None:
                return Encrypted(subject, b"")
            nonce = secrets.token_bytes(NONCE_LENGTH)
            ciphertext = key.cipher.encrypt(nonce, self._json.encode(part), _bound(place, path))
            return Encrypted(subject, key.id + nonce + ciphertext)

        return encrypt

    def _decrypted(self, value: Any, erased: Any, place: str, path: str) -> Any:
        if isinstance(value, Encrypted):
            key = self._keys.for_decrypting(value.subject) if value.content else None
            if key is None or not value.content.startswith(key.id):
                return deepcopy(erased)
            return self._decrypt(key, value.content, _bound(place, path))
        if isinstance(value, dict):
            return {name: self._decrypted(one, erased, place, f"{path}/{name}") for name, one in value.items()}
        if isinstance(value, list):
            return [self._decrypted(one, erased, place, f"{path}/{n}") for n, one in enumerate(value)]
        return value

    def _decrypt(self, key: PersonalKey, content: bytes, bound: bytes) -> Any:
        nonce, ciphertext = content[ID_LENGTH : ID_LENGTH + NONCE_LENGTH], content[ID_LENGTH + NONCE_LENGTH :]
        try:
            return self._json.decode(key.cipher.decrypt(nonce, ciphertext, bound))
        except InvalidTag as error:
            raise CiphertextBroken(f"{bound.decode()} was changed or moved in the log") from error


class EncryptingMapper(Mapper[UUID]):
    """The library's mapper with a vault: what is personal leaves it encrypted and comes back in clear."""

    vault: Vault

    def to_stored_event(self, domain_event: Any) -> StoredEvent:
        """Encrypt and convert."""
        return super().to_stored_event(self.vault.encrypted(domain_event))

    def to_domain_event(self, stored_event: StoredEvent) -> Any:
        """Convert and open; upcasts see what is encrypted as `Encrypted` and leave it where it is."""
        event = super().to_domain_event(stored_event)
        return self.vault.decrypted(event) if b'"encrypted"' in stored_event.state else event


def _place(event: Any) -> str:
    return f"{event.originator_id.hex}/{event.originator_version}/{get_topic(type(event))}"


def _bound(place: str, path: str) -> bytes:
    """Return what a ciphertext is bound to: its event and its field, so that it cannot be moved to another."""
    return f"{place}/{path}".encode()
