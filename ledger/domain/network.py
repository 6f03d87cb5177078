"""A production network: the tenant, with the office that coordinates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact, Personal

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Network(BaseAggregate[UUID]):
    """A network of firms; everything else of it carries its id."""

    TOPIC = "network"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "network.event"

    class Founded(Event, FirstFact):
        """The operator set up a network for the office that coordinates it."""

        TOPIC = "network.founded"
        name: str
        office: Annotated[str | None, Personal()]
        digest: Annotated[str, Personal()]

    @event(Founded)
    def __init__(self, name: str, office: str | None, digest: str) -> None:
        self.name = name
        self.office = office
        self.digest = digest

    @classmethod
    def found(cls, id_: UUID, stamp: Stamp, name: str, *, office: str | None = None, digest: str = "") -> Self:
        """Set up a network."""
        fields = {**stamp.fields(), "network_id": id_}
        return cls._create(cls.Founded, id=id_, name=name, office=office, digest=digest, **fields)
