"""All events of the ledger by topic, found by importing every module of the domain."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from inspect import isclass

from eventsourcing.domain import BaseAggregate
from eventsourcing.utils import get_topic

import ledger.domain
from ledger.domain.event import Fact

MODULES = [import_module(found.name) for found in pkgutil.walk_packages(ledger.domain.__path__, "ledger.domain.")]
AGGREGATES: list[type[BaseAggregate]] = sorted(  # type: ignore[type-arg]
    (
        thing
        for module in MODULES
        for thing in vars(module).values()
        if isclass(thing) and issubclass(thing, BaseAggregate) and thing.__module__ == module.__name__
    ),
    key=lambda aggregate: aggregate.__name__,
)
# An aggregate's `Event` is the root of its events and is never recorded itself.
EVENTS: dict[str, type[Fact]] = {
    get_topic(event): event
    for aggregate in AGGREGATES
    for event in vars(aggregate).values()
    if isclass(event) and issubclass(event, Fact) and event.__name__ != "Event"
}
