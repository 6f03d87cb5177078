"""Documents: the same document makes one job."""

from __future__ import annotations

from uuid import UUID

from ledger.domain.actor import Actor, Role
from ledger.domain.document import Document
from ledger.domain.event import stamp
from tests.domain.given import BETA, NETWORK, NOON, happened, last, now

DIGEST = "ab" * 32


def entered() -> Document:
    """A job was recorded from the document."""
    return Document.enter(now(), DIGEST, UUID(int=1000))


def test_two_firms_with_the_same_document_collide() -> None:
    """The id is made of network and digest alone, so the store refuses the second."""
    other = Document.enter(stamp(Actor(Role.FIRM, BETA, NETWORK), NOON), DIGEST, UUID(int=1001))
    assert entered().id == other.id


def test_networks_do_not_collide() -> None:
    """What one network has recorded tells nothing to another."""
    elsewhere = stamp(Actor(Role.FIRM, BETA, UUID(int=3)), NOON)
    assert Document.enter(elsewhere, DIGEST, UUID(int=1001)).id != entered().id


def test_it_stands_for_the_job_recorded_from_it() -> None:
    """Until another is recorded, because the first ended without counting."""
    document = entered()
    assert document.collaboration == UUID(int=1000)
    document.reenter(now(), UUID(int=1001))
    assert document.collaboration == UUID(int=1001)
    assert happened(document) == ["Entered", "Reentered"]
    assert last(document).network_id == NETWORK
