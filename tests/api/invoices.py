"""An invoice over HTTP: its parties as firms of a network, and the draft that it gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ledger.intake import documents, invoices
from ledger.intake.numbers import claims
from tests.api.callers import Caller
from tests.api.jobs import ANY

if TYPE_CHECKING:
    from ledger.intake.invoices import Invoice
    from ledger.intake.parties import PartyOnPaper
    from tests.api.world import World


@dataclass(frozen=True)
class Trade:
    """Buyer and seller of a document in a network of their own."""

    content: bytes
    invoice: Invoice
    buyer: Caller
    seller: Caller

    def draft(self, by: Caller) -> Any:
        """Return what the document gives; it must be readable."""
        return drafted(by, self.content).json


def drafted(by: Caller, content: bytes) -> Any:
    """Send a document, and return the answer whatever it is."""
    kind = "application/pdf" if content.startswith(b"%PDF") else "application/xml"
    return by.post("/invoices", data=content, content_type=kind)


def trade(world: World, content: bytes) -> Trade:
    """Found a network and admit the parties of a document, with those of their numbers that are valid."""
    invoice = invoices.read(documents.read(content))
    network = world.operator.record("/networks", {"name": "Example network"})["id"]
    office = world.holding(world.operator.record("/keys", {"role": "coordinator", "subject": network})["key"], network)
    return Trade(content, invoice, *(_admitted(world, office, party) for party in (invoice.buyer, invoice.seller)))


def _admitted(world: World, office: Caller, party: PartyOnPaper) -> Caller:
    numbers = {claim.scheme: claim.number for claim in claims(party) if claim.right and not (claim.weak or claim.twin)}
    profile = {"name": party.name, "country": party.country or "DE", "identifiers": numbers}
    id_ = office.record("/firms", {**profile, **({"town": party.town} if party.town else {})})["id"]
    return world.holding(office.record("/keys", {"role": "firm", "subject": id_})["key"], id_)


def send(by: Caller, draft: Any, key: str) -> Any:
    """Send a draft as it is."""
    return by.post("/collaborations", draft, idempotency_key=key)


def confirm(by: Caller, job: str) -> None:
    """Agree to it."""
    by.record(f"/collaborations/{job}/acceptances", if_match=ANY)
