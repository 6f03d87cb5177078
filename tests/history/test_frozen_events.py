"""Every event that was ever recorded reads for ever."""

from __future__ import annotations

import json

import pytest
from eventsourcing.utils import get_topic

from tests.domain.topics import AGGREGATES, EVENTS
from tests.history.frozen import Frozen, fields, freeze, frozen, mapper

ALL = frozen()
every_line = pytest.mark.parametrize("line", ALL, ids=lambda line: f"{line.topic}-v{line.class_version}")


def class_version(topic: str) -> int:
    """Return the version in which this event is written today."""
    return getattr(EVENTS[topic], "class_version", 1)


@every_line
def test_it_reads_as_it_was_meant(line: Frozen) -> None:
    """Class, id, version and every field come back, each in its type."""
    event = mapper().to_domain_event(line.stored())
    assert type(event) is EVENTS[line.topic]
    assert fields(event) == line.reads


@every_line
def test_the_present_version_is_still_written_like_this(line: Frozen) -> None:
    """Who changes what is written changes the version, and adds an upcast and a line."""
    if line.class_version == class_version(line.topic):
        event = mapper().to_domain_event(line.stored())
        assert json.loads(freeze(event))["state"] == line.state


@pytest.mark.parametrize("topic", EVENTS)
def test_every_version_of_every_event_is_frozen(topic: str) -> None:
    """A new event, or a new version of one, comes with its line: `tests.history.frozen.freeze` makes it."""
    versions = {line.class_version for line in ALL if line.topic == topic}
    assert versions == set(range(1, class_version(topic) + 1))


def test_no_topic_is_forgotten() -> None:
    """An event may go out of use; its class stays, because its records do."""
    assert {line.topic for line in ALL} == set(EVENTS)


@pytest.mark.parametrize("topic", EVENTS)
def test_the_line_of_the_present_version_gives_every_declared_field(topic: str) -> None:
    """An example that leaves a field out would not protect it."""
    bases = [base for base in EVENTS[topic].__mro__ if base.__module__.startswith("ledger.")]
    declared = {name for base in bases for name in vars(base).get("__annotations__", {})}
    given = [line for line in ALL if line.topic == topic and line.class_version == class_version(topic)]
    assert all(declared <= set(line.reads) for line in given)


@pytest.mark.parametrize("thing", [*AGGREGATES, *EVENTS.values()], ids=lambda thing: thing.__qualname__)
def test_topics_are_stated(thing: type) -> None:
    """A topic made from module and class name, such as "module:Class", would break the past when a file moves."""
    topic = get_topic(thing)
    assert ":" not in topic
    assert topic.split(".")[0] == thing.__qualname__.split(".")[0].lower()


def test_the_first_events_still_make_their_aggregates() -> None:
    """A frozen beginning is read and applied by today's aggregate."""
    for line in (line for line in ALL if line.version == 1):
        event = mapper().to_domain_event(line.stored())
        aggregate = event.mutate(None)  # type: ignore[attr-defined]
        assert str(aggregate.id) == line.id
