"""From confirmed work to pairs of firms, and from those to the map, which is drawn at epochs and after many changes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.epoch import Epoch
from ledger.domain.firm import Firm
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.sectors import DIVISION
from ledger.projections.network_map.due import due, note
from ledger.projections.network_map.tables import CHANGES, FIRMS, JOBS, METADATA, PAIRS, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.held import Row
from ledger.subscriptions.holding import add, existing, put, row
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.versioning import current, supersede

Ends = list[list[str]]


def firm_described(connection: Connection, recorded: Recorded) -> None:
    """Note what the firm does, and where."""
    event = recorded.event
    key = {"network_id": event.network_id, "firm": event.originator_id}
    place = {"sector": (event.trade["nace"] or "")[:DIVISION], "country": event.trade["country"]}
    supersede(connection, FIRMS, key, recorded.position, recorded.recorded_at, place)
    note(connection, recorded)


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Begin a job without pairs."""
    year = recorded.event.happened_on.year
    add(connection, JOBS, {**_key(recorded), "proposed_year": year, "year": year, "pairs": [], "ended": False})


def confirmed(connection: Connection, recorded: Recorded) -> None:
    """Let the confirmed parties be pairs, in place of what was confirmed before."""
    event, job = recorded.event, _job(connection, recorded)
    kind = kind_named(event.kind)
    if job["ended"] or kind.is_statement:
        return
    links = kind.links(event.parties, event.terms)
    pairs = sorted({(min(ends), max(ends)) for ends in ((str(one.leading), str(one.following)) for one in links)})
    year = event.completed_on.year if event.completed_on else job["proposed_year"]
    _change(connection, recorded, job, year, [list(ends) for ends in pairs])


def completed(connection: Connection, recorded: Recorded) -> None:
    """Move the job to the year of its completion."""
    job = _job(connection, recorded)
    _change(connection, recorded, job, recorded.event.completed_on.year, job["pairs"])


def amended(connection: Connection, recorded: Recorded) -> None:
    """Take the pairs back until the corrected record is confirmed."""
    job = _job(connection, recorded)
    _change(connection, recorded, job, job["year"], [])


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """Take the pairs back for good."""
    put(connection, JOBS, {**_job(connection, recorded), "ended": True})
    amended(connection, recorded)


def settled(connection: Connection, recorded: Recorded) -> None:
    """Take the pairs back when the coordinator struck the job."""
    if recorded.event.outcome == Outcome.STRUCK:
        withdrawn(connection, recorded)


def epoch_closed(connection: Connection, recorded: Recorded) -> None:
    """Draw the map anew, if any pair has come or gone since it was drawn last."""
    if due(connection, recorded.event.network_id, night=True):
        _draw(connection, recorded)


def _change(connection: Connection, recorded: Recorded, job: Row, year: int, pairs: Ends) -> None:
    put(connection, JOBS, {**job, "year": year, "pairs": pairs})
    changes = Counter((one, other, year) for one, other in pairs)
    changes.subtract((one, other, job["year"]) for one, other in job["pairs"])
    come = gone = 0
    for (one, other, when), jobs in sorted(changes.items()):
        if jobs:
            before, after = _count(connection, recorded, UUID(one), UUID(other), when, jobs)
            come, gone = come + (not before), gone + (not after)
    note(connection, recorded)
    if come or gone:
        _note(connection, recorded, come, gone)


def _count(connection: Connection, recorded: Recorded, one: UUID, other: UUID, year: int, jobs: int) -> tuple[int, int]:
    """Change the jobs of a pair in a year; return how many they were, and are."""
    key = {"network_id": recorded.event.network_id, "one": one, "other": other, "year": year}
    pair = current(connection, PAIRS, key)
    before = pair["jobs"] if pair else 0
    values = {"jobs": before + jobs} if before + jobs else None
    supersede(connection, PAIRS, key, recorded.position, recorded.recorded_at, values)
    return before, before + jobs


def _note(connection: Connection, recorded: Recorded, come: int, gone: int) -> None:
    network = recorded.event.network_id
    before = row(connection, CHANGES, {"network_id": network}) or {"pairs": 0, "since_snapshot": 0}
    pairs, changes = before["pairs"] + come - gone, before["since_snapshot"] + come + gone
    put(connection, CHANGES, {"network_id": network, "pairs": pairs, "since_snapshot": changes})
    if due(connection, network, night=False):
        _draw(connection, recorded)


def _draw(connection: Connection, recorded: Recorded) -> None:
    from ledger.projections.network_map.snapshot import take

    take(connection, recorded)


def _job(connection: Connection, recorded: Recorded) -> Row:
    return existing(connection, JOBS, _key(recorded))


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
    Epoch.Closed: epoch_closed,
}

PROJECTION = Projection("network_map", VERSION, METADATA, HANDLERS)
