"""From confirmed collaborations to links between firms.

A statement that nobody has to accept (a credit reference) makes no partners: otherwise a firm could make itself
as many as it likes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.firm import Firm
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Acceptance, Link
from ledger.projections.partnerships.tables import FIRMS, JOBS, LINKS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.holding import add, begin, existing, put
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.rewriting import rewrite
from ledger.subscriptions.versioning import currents, supersede


def firm_described(connection: Connection, recorded: Recorded) -> None:
    """Note where the firm sits."""
    event = recorded.event
    key = {"network_id": event.network_id, "firm": event.originator_id}
    country = {"country": event.trade["country"]}
    supersede(connection, FIRMS, key, recorded.position, recorded.recorded_at, country)


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Note the day on which the work counts while it has no day of completion."""
    begin(connection, _key(recorded), LINKS)
    add(connection, JOBS, {**_key(recorded), "proposed_on": recorded.event.happened_on, "ended": False})


def confirmed(connection: Connection, recorded: Recorded) -> None:
    """Link the confirmed parties, in place of what was confirmed before."""
    event = recorded.event
    job = existing(connection, JOBS, _key(recorded))
    kind = kind_named(event.kind)
    # A second dispute may be settled after a first one has struck the job: that does not revive it.
    if job["ended"] or kind.acceptance is Acceptance.NONE:
        return
    roles = {party["firm"]: party["role"] for party in event.parties}
    common = {"kind": event.kind, "on": event.completed_on or job["proposed_on"]}
    rows = [{**common, **row} for link in kind.links(event.parties, event.terms) for row in _both_sides(link, roles)]
    rewrite(connection, LINKS, _key(recorded), rows, recorded)


def completed(connection: Connection, recorded: Recorded) -> None:
    """Date the links by the day of completion."""
    names = ("firm", "partner", "kind", "role", "partner_role", "amount", "currency")
    on, present = recorded.event.completed_on, currents(connection, LINKS, _key(recorded))
    rows = [{**{name: row[name] for name in names}, "on": on} for row in present]
    rewrite(connection, LINKS, _key(recorded), rows, recorded)


def amended(connection: Connection, recorded: Recorded) -> None:
    """Close the links until the corrected record is confirmed."""
    rewrite(connection, LINKS, _key(recorded), (), recorded)


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """Close the links for good."""
    put(connection, JOBS, {**existing(connection, JOBS, _key(recorded)), "ended": True})
    rewrite(connection, LINKS, _key(recorded), (), recorded)


def settled(connection: Connection, recorded: Recorded) -> None:
    """Close the links for good when the coordinator struck the job."""
    if recorded.event.outcome == Outcome.STRUCK:
        withdrawn(connection, recorded)


def _both_sides(link: Link, roles: dict[Any, str]) -> list[dict[str, Any]]:
    value = {
        "amount": link.value.amount if link.value else None,
        "currency": link.value.currency if link.value else None,
    }
    return [
        {"firm": one, "partner": other, "role": roles[one], "partner_role": roles[other], **value}
        for one, other in ((link.leading, link.following), (link.following, link.leading))
    ]


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "collaboration": recorded.event.originator_id}


HANDLERS: Mapping[type, Handler] = {
    Firm.Admitted: firm_described,
    Firm.Updated: firm_described,
    Collaboration.Proposed: proposed,
    Collaboration.Confirmed: confirmed,
    Collaboration.Completed: completed,
    Collaboration.Amended: amended,
    Collaboration.Withdrawn: withdrawn,
    Collaboration.Settled: settled,
}

PROJECTION = Projection("partnerships", VERSION, METADATA, HANDLERS)
