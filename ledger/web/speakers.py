"""Who speaks behind an actor, as far as the viewer was told: the office by its name of then, and the person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from ledger.domain.actor import of_office, parts
from ledger.projections.accounts import queries as accounts
from ledger.projections.audit_log import queries as audit_log
from ledger.projections.networks import queries as networks
from ledger.subscriptions.paging import Page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

ROOMS = ("accounts", "networks")


class Speaker(NamedTuple):
    """Names, None where none is known; `office` tells whether it was a network's office."""

    office: bool
    called: str | None
    person: str | None


def speakers(reading: Reading, viewer: Actor, network: UUID, actors: Iterable[str]) -> dict[str, Speaker]:
    """Return who stands behind these actors, which the viewer was shown."""
    divided = {actor: parts(actor) for actor in actors}
    people = accounts.called(reading, {UUID(account) for _, account in divided.values() if account})
    offices = {one["id"]: one["name"] for one in networks.network(reading, viewer, network)["offices"]}
    return {
        actor: Speaker(of_office(actor), offices.get(subject), people.get(account))
        for actor, (subject, account) in divided.items()
    }


def spoken_for(reading: Reading, viewer: Actor, firm: UUID, **limits: Any) -> Page:
    """Return what the office entered for a firm, newest first, and who it was; raise `NotFound`."""
    network, found = audit_log.words(reading, viewer, firm=firm, **limits)
    known = speakers(reading, viewer, network, {one["actor"] for one in found.items})
    shown = [(one, known[one["actor"]]) for one in found.items]
    return Page([{**one, "office": who.called, "person": who.person} for one, who in shown], found.next)
