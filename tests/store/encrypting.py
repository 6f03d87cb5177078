"""A small aggregate with something personal, and stores that encrypt it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from eventsourcing.domain import AggregateCreated, AggregateEvent, BaseAggregate, event

from ledger.store import EventStore
from ledger.store.personal_keys import PersonalKeys
from ledger.store.vault import Vault


class Letter(BaseAggregate[UUID]):
    """What somebody wrote."""

    TOPIC = "example.letter"

    class Event(AggregateEvent):
        """The root of this aggregate's events."""

        TOPIC = "example.letter.event"

    class Written(Event, AggregateCreated):
        """It was written."""

        TOPIC = "example.letter.written"
        writer: UUID
        town: str
        text: str
        pages: list[dict[str, Any]]

    @event(Written)
    def __init__(self, writer: UUID, town: str, text: str, pages: list[dict[str, Any]]) -> None:
        self.writer, self.town, self.text, self.pages = writer, town, text, pages


@dataclass(frozen=True)
class Marked:
    """A mark as the domain makes them."""

    of: str
    erased: Any
    inside: str = ""

    def replace(self, value: Any, by: Callable[[str, Any], Any], path: str) -> Any:
        """Replace the whole, or one entry of each record in a list."""
        if not self.inside:
            return by(path, value)
        return [{**one, self.inside: by(f"{path}/{n}/{self.inside}", one[self.inside])} for n, one in enumerate(value)]


MARKS = {"text": Marked("writer", "gone"), "pages": Marked("writer", "gone", "title")}


def marks(event_class: type[Any]) -> Mapping[str, Marked]:
    """Only letters are personal."""
    return MARKS if event_class is Letter.Written else {}


def encrypting(url: str) -> EventStore:
    """A store that encrypts, with its keys beside it."""
    beside = url.replace("ledger.db", "keys.db")
    return EventStore.open(url, Vault(PersonalKeys.open(beside), marks))


def letter(writer: UUID, text: str = "Dear Ms Jensen") -> Letter:
    """A letter that is not recorded yet."""
    pages = [{"title": "Regards", "number": 7}]
    return Letter._create(Letter.Written, id=uuid4(), writer=writer, town="Kiel", text=text, pages=pages)
