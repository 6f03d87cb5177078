"""Frozen events: lines of events.jsonl, each as the store once wrote it, and how they are read and made."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from eventsourcing.persistence import Mapper, StoredEvent

from ledger.store.log import Log
from ledger.store.memory import Memory

LINES = Path(__file__).with_name("events.jsonl")


@dataclass(frozen=True)
class Frozen:
    """One line: `state` is the stored state, letter by letter; `reads` is what it must read as, for ever.

    A line is never changed and never removed. Only `reads` gains the fields that a newer version of the event
    has, with the values that its upcast gives to old events.
    """

    topic: str
    class_version: int
    id: str
    version: int
    state: str
    reads: dict[str, Any]

    def stored(self) -> StoredEvent:
        """Return the event as the store hands it to the mapper."""
        return StoredEvent(UUID(self.id), self.version, self.topic, self.state.encode())


def frozen() -> list[Frozen]:
    """Read all lines."""
    return [Frozen(**json.loads(line)) for line in LINES.read_text(encoding="utf-8").splitlines()]


def mapper() -> Mapper[UUID]:
    """Return the library's mapper, set up as the store sets it up."""
    return Log(Memory().factory).mapper


def fields(event: object) -> dict[str, Any]:
    """Return an event's fields as JSON that tells an id, a day and a moment from a text."""
    plain: dict[str, Any] = _plain(vars(event))
    return plain


def freeze(event: Any) -> str:
    """Return the line for an event: how a new event, or a new version of one, gets its line."""
    stored = mapper().to_stored_event(event)
    line = {
        "topic": stored.topic,
        "class_version": getattr(type(event), "class_version", 1),
        "id": str(stored.originator_id),
        "version": stored.originator_version,
        "state": stored.state.decode(),
        "reads": fields(event),
    }
    return json.dumps(line, ensure_ascii=False)


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_plain(inner) for inner in value]
    for known, name in ((UUID, "id"), (datetime, "moment"), (date, "day")):
        if isinstance(value, known):
            return f"{name} {value}"
    return value
