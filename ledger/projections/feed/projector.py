"""From every event to the viewers that it concerns; what it says stays in the log."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.access import Access
from ledger.domain.account import Account
from ledger.domain.actor import OPERATOR, Actor, Role
from ledger.domain.collaboration import Collaboration
from ledger.domain.consent import Consent
from ledger.domain.firm import Firm
from ledger.domain.key import Key
from ledger.domain.login import Login
from ledger.domain.network import Network
from ledger.domain.offer import Offer
from ledger.domain.referral import Referral
from ledger.domain.webhook import Webhook
from ledger.projections.feed.tables import CONCERNED, ENTRIES, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add, begin, rows
from ledger.subscriptions.projection import Projection

# Who has an account is told on the page of settings; what opens one is told nowhere.
UNTOLD = (Account.TOPIC, Login.TOPIC)


def note(connection: Connection, recorded: Recorded) -> None:
    """Add a row for each viewer."""
    event = recorded.event
    _remember(connection, event.originator_id, _named(event))
    _join(connection, event)
    entries = [
        {
            "viewer": viewer,
            "position": recorded.position,
            "thing": event.originator_id,
            "type": event.TOPIC,
            "by_consent": event.firm if _noun(event) == Referral.TOPIC and _is_bank(viewer) else None,
        }
        for viewer in sorted(_viewers(connection, event))
    ]
    add(connection, ENTRIES, *entries)


def _viewers(connection: Connection, event: Any) -> set[str]:
    """Whom an event concerns: never more than the interface shows of the thing that it belongs to."""
    if _noun(event) in UNTOLD:
        return set()
    if event.TOPIC == Referral.OutcomeReported.TOPIC:
        return {_firm(event.firm)}  # what became of a loan is for the firm alone
    if _noun(event) == Webhook.TOPIC:
        return {str(OPERATOR), *_remembered(connection, event.originator_id)}  # for its holder, and no office of it
    match _noun(event):
        case Consent.TOPIC | Referral.TOPIC:
            own = {_firm(event.firm), str(Actor(Role.BANK, event.bank))}
        case Access.TOPIC | Offer.TOPIC:
            own = {_firm(event.firm)}
        case Firm.TOPIC:
            own = {_firm(event.originator_id)}
        case Collaboration.TOPIC | Key.TOPIC | Network.TOPIC:
            own = _remembered(connection, event.originator_id)
        case _:
            own = set()
    network = {_office(event.network_id)} if event.network_id else set()
    return {str(OPERATOR), *own, *network}


def _named(event: Any) -> Collection[str]:
    """Whom a first event names, for the events of the same thing that follow."""
    match event:
        case Collaboration.Proposed():
            return {_firm(party["firm"]) for party in event.parties}
        case Key.Issued() if event.role == Role.FIRM:
            return {_firm(event.subject)}
        case Webhook.Registered() if event.role == Role.COORDINATOR:
            return {_office(event.network_id)}
        case Webhook.Registered() if event.role != Role.BANK:
            return {str(Actor(Role(event.role), event.subject))}
        case _:
            return ()


def _join(connection: Connection, event: Any) -> None:
    """Add a firm or a bank to those whom the network itself concerns."""
    match event:
        case Firm.Admitted():
            viewer = _firm(event.originator_id)
        case Consent.Granted():
            viewer = str(Actor(Role.BANK, event.bank))
        case _:
            return
    key = {"thing": event.network_id, "viewer": viewer}
    if not rows(connection, CONCERNED, key):
        add(connection, CONCERNED, key)


def _remember(connection: Connection, thing: UUID, viewers: Collection[str]) -> None:
    if viewers:
        begin(connection, {"thing": thing}, CONCERNED)
    add(connection, CONCERNED, *({"thing": thing, "viewer": viewer} for viewer in sorted(viewers)))


def _remembered(connection: Connection, thing: UUID) -> set[str]:
    return {row["viewer"] for row in rows(connection, CONCERNED, {"thing": thing})}


def _office(network: UUID | None) -> str:
    """Return whom a network's events are told to: its office, whichever that is by then."""
    return str(Actor(Role.COORDINATOR, network))


def _firm(id_: UUID | None) -> str:
    return str(Actor(Role.FIRM, id_))


def _noun(event: Any) -> str:
    """The topic of the aggregate that an event belongs to."""
    return str(event.TOPIC).partition(".")[0]


def _is_bank(viewer: str) -> bool:
    return viewer.startswith(f"{Role.BANK}:")


PROJECTION = Projection("feed", VERSION, METADATA, handlers={}, every=note)
