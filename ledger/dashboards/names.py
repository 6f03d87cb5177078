"""By which names the reader and those they act for are shown in the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g

from ledger.domain.actor import Role
from ledger.projections.firms import queries as firms
from ledger.projections.networks import queries as networks
from ledger.web.house import house

if TYPE_CHECKING:
    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading


def names(actor: Actor) -> tuple[str, str]:
    """Return the name of the firm, bank or office that the reader acts for, and that of their network.

    Looked up once a request: `page` asks before its view records a look, which the frame would have to wait for.
    """
    known: dict[Actor, tuple[str, str]] = g.setdefault("names", {})
    if actor not in known:
        known[actor] = _found(actor)
    return known[actor]


def _found(actor: Actor) -> tuple[str, str]:
    # Not as a bank's look, which waits for the newest consents: these are the reader's own names.
    with house().views.read("firms", "networks", "consents") as reading:
        network = networks.network(reading, actor, actor.network) if actor.network else {}
        return _subject(reading, actor, network.get("office") or network.get("name", "")), network.get("name", "")


def _subject(reading: Reading, actor: Actor, office: str) -> str:
    if actor.role is Role.FIRM and actor.subject:
        return firms.names(reading, actor, [actor.subject]).get(str(actor.subject), "")
    if actor.role is Role.BANK and actor.subject:
        return str(networks.bank(reading, actor, actor.subject)["name"])
    return office
