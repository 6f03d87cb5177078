"""By which names the reader and those they act for are shown in the frame."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flask import g

from ledger.domain.actor import Role
from ledger.projections.firms import queries as firms
from ledger.projections.networks import queries as networks
from ledger.web.reading import opened_for

if TYPE_CHECKING:
    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading


def names(actor: Actor) -> tuple[str, str]:
    """Return the name of the firm, bank or office that the reader acts for, and that of their network.

    Looked up once a request: a bank's look is an event, and the frame need not wait until it can be read.
    """
    known: dict[Actor, tuple[str, str]] = g.setdefault("names", {})
    if actor not in known:
        known[actor] = _found(actor)
    return known[actor]


def _found(actor: Actor) -> tuple[str, str]:
    with opened_for(actor, {}, "firms", "networks") as reading:
        network = networks.network(reading, actor, actor.network) if actor.network else {}
        return _subject(reading, actor, network.get("office") or network.get("name", "")), network.get("name", "")


def _subject(reading: Reading, actor: Actor, office: str) -> str:
    if actor.role is Role.FIRM and actor.subject:
        return str(firms.one(reading, actor, actor.subject)["name"])
    if actor.role is Role.BANK and actor.subject:
        return str(networks.bank(reading, actor, actor.subject)["name"])
    return office
