"""docs/events.md says of every event what its class declares: the lines are derived here and compared."""

from __future__ import annotations

import inspect
import re

import pytest

from ledger.domain.event import Fact, personal_fields
from ledger.projections.catalogue import PROJECTIONS
from tests.domain.topics import EVENTS
from tests.house.tree import ROOT

TEXT = (ROOT / "docs" / "events.md").read_text(encoding="utf-8")


def declared(event: type[Fact]) -> list[str]:
    """Return the event's own fields, in the order of their declaration."""
    return [name for name in inspect.get_annotations(stating(event)) if name not in Fact.__annotations__]


def stating(event: type[Fact]) -> type[Fact]:
    """Return the class as it is written: the library hands out a subclass of it, without fields and meaning."""
    return next(base for base in event.__mro__ if "TOPIC" in vars(base))


def row(topic: str) -> str:
    """Return the line of an event: its meaning, its fields with whose personal data they are, and who reads it."""
    event = EVENTS[topic]
    meaning = " ".join((inspect.getdoc(stating(event)) or "").split("\n\n")[0].split())
    personal = personal_fields(event)
    fields = [
        f"`{name}`" + (f" (personal: `{personal[name].of}`)" if name in personal else "") for name in declared(event)
    ]
    readers = [
        read_model.name for read_model in PROJECTIONS if any(issubclass(event, known) for known in read_model.handlers)
    ]
    return f"| `{topic}` | {meaning} | {', '.join(fields) or 'none'} | {', '.join(readers) or 'none'} |"


@pytest.mark.parametrize("topic", EVENTS)
def test_it_says_what_is_declared(topic: str) -> None:
    """Meaning, fields, personal fields and read models of an event are those of the code."""
    assert row(topic) in TEXT.splitlines()


def test_no_event_is_made_up() -> None:
    """Each event has one line."""
    assert sorted(re.findall(r"^\| `([a-z-]+\.[a-z-]+)` \|", TEXT, re.MULTILINE)) == sorted(EVENTS)
