"""What stands beside a referral's document on its page: all of it as of the referral's position."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.domain.errors import NotFound
from ledger.projections.collaborations import queries as collaborations
from ledger.projections.consents import queries as consents
from ledger.projections.consents.disclosure import find_firm
from ledger.projections.networks import queries as networks
from ledger.projections.referrals import queries as referrals
from ledger.projections.trust import queries as trust
from ledger.web.referrals import keep

if TYPE_CHECKING:
    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

YEARS = 4  # calendar years on the timeline, the one of the referral included


@dataclass(frozen=True, slots=True)
class Around:
    """Who asked, until when the firm lets it look, where the network's rated firms stand, what the firm has done."""

    bank: str
    consent_until: str | None
    peers: dict[str, Any] | None
    dots: list[dict[str, Any]]


def around(reading: Reading, viewer: Actor, document: dict[str, Any]) -> Around:
    """Return what stands beside a document that the viewer was given."""
    then = as_issued(reading, document)
    firm = UUID(document["firm"]["id"])
    network = find_firm(then, viewer, firm)
    since = date(then.time.year - YEARS + 1, 1, 1)
    return Around(
        bank=str(networks.bank(reading, viewer, UUID(document["bank"]))["name"]),
        consent_until=keep(("consent", document["id"]), lambda: _consent_until(reading, then, viewer, document["id"])),
        peers=keep(("peers", network, then.position), lambda: trust.peers(then, viewer, firm)),
        dots=keep(
            ("dots", network, firm, then.position, since), lambda: collaborations.dots(then, viewer, firm, since=since)
        ),
    )


def as_issued(reading: Reading, document: dict[str, Any]) -> Reading:
    """Return the reading as of the position and the time that the referral is true for."""
    return replace(reading, position=document["position"], time=datetime.fromisoformat(document["issued_at"]))


def _consent_until(reading: Reading, then: Reading, viewer: Actor, referral: str) -> str | None:
    """Return what the consent said then; whether it still holds was asked before the document was given."""
    consent = UUID(referrals.one(reading, viewer, UUID(referral))["consent"])
    try:
        return str(consents.one(then, viewer, consent)["until"])
    except NotFound:
        return None
