"""All aggregates in one visible tuple: a process that reads the log must know every topic in it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from eventsourcing.domain import BaseAggregate

from ledger.domain.access import Access
from ledger.domain.account import Account
from ledger.domain.bank import Bank
from ledger.domain.collaboration import Collaboration
from ledger.domain.consent import Consent
from ledger.domain.document import Document
from ledger.domain.epoch import Epoch
from ledger.domain.event import Fact
from ledger.domain.firm import Firm
from ledger.domain.key import Key
from ledger.domain.login import Login
from ledger.domain.network import Network
from ledger.domain.offer import Offer
from ledger.domain.referral import Referral
from ledger.domain.webhook import Webhook

AGGREGATES: tuple[type[BaseAggregate[UUID]], ...] = (
    Network,
    Bank,
    Firm,
    Collaboration,
    Document,
    Consent,
    Referral,
    Access,
    Key,
    Account,
    Login,
    Epoch,
    Webhook,
    Offer,
)


def topics() -> Iterator[str]:
    """Yield the topic of every event, in the order of their declaration."""
    for aggregate in AGGREGATES:
        for thing in vars(aggregate).values():
            topic = getattr(thing, "TOPIC", "") if isinstance(thing, type) and issubclass(thing, Fact) else ""
            if topic and not topic.endswith(".event"):
                yield topic
