"""What was encrypted once reads for ever, as long as its key is there."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from eventsourcing.persistence import Mapper, StoredEvent

from ledger.domain.event import personal_fields
from ledger.store.keyring import Held, MemoryKeyring
from ledger.store.log import Log
from ledger.store.memory import Memory
from ledger.store.personal_keys import PersonalKeys
from ledger.store.vault import Vault
from tests.history.frozen import Frozen, fields, frozen

LINES = Path(__file__).with_name("encrypted.jsonl")


@dataclass(frozen=True)
class Encrypted:
    """One line: a stored event as the store once wrote it, whose key it was encrypted with, and what it reads as."""

    topic: str
    id: str
    version: int
    state: str
    subject: str
    secret: str
    fingerprint: str
    reads: dict[str, Any]
    erased: dict[str, Any]

    def read(self, secret: bytes | None) -> dict[str, Any]:
        """Read it with or without its key."""
        stored = StoredEvent(UUID(self.id), self.version, self.topic, self.state.encode())
        event = encrypting_mapper(self.subject, Held(secret, self.fingerprint)).to_domain_event(stored)
        return {name: fields(event)[name] for name in self.reads}


def encrypting_mapper(subject: str, key: Held) -> Mapper[UUID]:
    """Return the store's mapper with this one key."""
    keyring = MemoryKeyring()
    keyring.add(UUID(subject), key)
    return Log(Memory().factory, Vault(PersonalKeys(keyring), personal_fields)).mapper


ALL = [Encrypted(**json.loads(line)) for line in LINES.read_text(encoding="utf-8").splitlines()]
every_line = pytest.mark.parametrize("line", ALL, ids=lambda line: line.topic)


@every_line
def test_it_reads_with_its_key(line: Encrypted) -> None:
    """Every encrypted field is what it was."""
    assert line.read(bytes.fromhex(line.secret)) == line.reads


@every_line
def test_it_is_erased_without_it(line: Encrypted) -> None:
    """In the shape that the domain and the read models know."""
    assert line.read(None) == line.erased


@pytest.mark.parametrize("line", frozen(), ids=lambda line: f"{line.topic}-v{line.class_version}")
def test_what_was_recorded_in_clear_reads_on(line: Frozen) -> None:
    """With a vault as without: no line of events.jsonl had to change."""
    mapper = encrypting_mapper(line.id, Held(None, "00" * 32))
    assert fields(mapper.to_domain_event(line.stored())) == line.reads


@pytest.mark.parametrize("line", frozen(), ids=lambda line: f"{line.topic}-v{line.class_version}")
def test_every_event_is_encrypted_and_decrypted(line: Frozen) -> None:
    """What it says comes back, but not its personal texts from the stored bytes."""
    mapper = Log(Memory().factory, Vault(PersonalKeys(MemoryKeyring()), personal_fields)).mapper
    event = mapper.to_domain_event(line.stored())
    stored = mapper.to_stored_event(event)
    assert mapper.to_domain_event(stored) == event
    encrypted = {name for name in personal_fields(type(event)) if f'"{name}"'.encode() in stored.state}
    assert all(getattr(event, name) is None or b'"encrypted"' in stored.state for name in encrypted)
