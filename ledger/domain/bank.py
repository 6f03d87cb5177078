"""A bank: an institution that may receive referrals; it stands beside the networks, not in one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self
from uuid import UUID

from eventsourcing.domain import BaseAggregate, event

from ledger.domain.event import Fact, FirstFact

if TYPE_CHECKING:
    from ledger.domain.event import Stamp


class Bank(BaseAggregate[UUID]):
    """An institution that firms may give consent to."""

    TOPIC = "bank"

    class Event(Fact):
        """The root of this aggregate's events."""

        TOPIC = "bank.event"

    class Registered(Event, FirstFact):
        """The operator registered a bank."""

        TOPIC = "bank.registered"
        name: str
        country: str | None
        bic: str | None
        lei: str | None
        digest: str

    @event(Registered)
    def __init__(self, name: str, country: str | None, bic: str | None, lei: str | None, digest: str) -> None:
        self.name = name
        self.country = country
        self.bic = bic
        self.lei = lei
        self.digest = digest

    @classmethod
    def register(
        cls,
        id_: UUID,
        stamp: Stamp,
        name: str,
        *,
        country: str | None = None,
        bic: str | None = None,
        lei: str | None = None,
        digest: str = "",
    ) -> Self:
        """Register a bank under its name and, where known, its country, BIC and LEI."""
        return cls._create(
            cls.Registered,
            id=id_,
            name=name,
            country=country,
            bic=bic,
            lei=lei,
            digest=digest,
            **stamp.fields(),
        )
