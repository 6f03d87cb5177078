"""A production network: the tenant, with the office that coordinates it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact, Personal
from ledger.domain.ids import identify

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

    class HandedOver(Event):
        """Another office coordinates the network from now on; who acted for the one before does so no more."""

        TOPIC = "network.handed-over"
        office_id: UUID
        office: Annotated[str, Personal()]

    @event(Founded)
    def __init__(self, network_id: UUID, name: str, office: str | None, digest: str) -> None:
        self.network_id = network_id
        self.name = name
        self.office_id = network_id  # the first office was never given an id of its own
        self.office = office
        self.digest = digest

    @event(HandedOver)
    def _handed_over(self, office_id: UUID, office: str) -> None:
        self.office_id, self.office = office_id, office

    @classmethod
    def found(cls, id_: UUID, stamp: Stamp, name: str, *, office: str | None = None, digest: str = "") -> Self:
        """Set up a network."""
        fields = {**stamp.fields(), "network_id": id_}
        return cls._create(cls.Founded, id=id_, name=name, office=office, digest=digest, **fields)

    def hand_over(self, stamp: Stamp, office: str) -> None:
        """Let another office coordinate it; each one that ever does has an id of its own, also who comes back."""
        id_ = identify("office", str(self.version + 1), self.id)
        fields = {**stamp.fields(), "network_id": self.network_id}
        self.trigger_event(self.HandedOver, **fields, office_id=id_, office=office)
