"""From the life of jobs and the admission of firms to the feed and the sums.

A job that was struck or withdrawn counts for nothing; one that is recorded, or corrected and not agreed to again, is
claimed. It counts in the month of its business date, by the sectors and countries that its firms had when they agreed.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.collaboration import Collaboration, Outcome
from ledger.domain.firm import Firm
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Acceptance, Party
from ledger.projections.activity import feed, members
from ledger.projections.activity.job import (
    CLAIMED,
    CONFIRMED,
    GONE,
    Content,
    adds,
    difference,
    filed,
    hours_of,
    money_of,
)
from ledger.projections.activity.members import UNKNOWN
from ledger.projections.activity.sums import add
from ledger.projections.activity.tables import FIRMS, JOBS, METADATA, VERSION
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain
from ledger.subscriptions.projection import Handler, Projection
from ledger.subscriptions.revising import standing
from ledger.subscriptions.versioning import current, supersede

A_TENTH = timedelta(days=1) / 10
UNMEASURED: Content = {"links": [], "money": {}, "training": 0, "trainees": 0, "capacity": 0}


def proposed(connection: Connection, recorded: Recorded) -> None:
    """Begin a job that is only claimed."""
    event = recorded.event
    content = {
        "kind": event.kind,
        "state": CLAIMED,
        "proposed_on": plain(event.happened_on),
        "proposed_at": recorded.recorded_at.timestamp(),
        "on": plain(event.completed_on or event.happened_on),
        "all": plain(event.parties),
        "declined": [],
        "disputed": False,
        "wait": None,
        "parties": _places(connection, recorded, event.parties),
        **UNMEASURED,
    }
    _write(connection, recorded, None, content)
    feed.tell(connection, recorded, feed.RECORDED, event.parties, **_of(content, recorded, event.proposed_by))


def confirmed(connection: Connection, recorded: Recorded) -> None:
    """Let it count among these parties, in place of what was confirmed before."""
    event, before = recorded.event, _found(connection, recorded)
    if before["state"] == GONE:  # a second dispute is settled after a first one has struck the job
        return
    firms = [str(party["firm"]) for party in event.parties]
    kind, terms = kind_named(event.kind), plain(event.terms)
    following = [str(party["firm"]) for party in event.parties if party["role"] == kind.following.name]
    training, trainees, capacity = hours_of(event.kind, terms, following)
    content = {
        **before,
        "state": CONFIRMED,
        "on": plain(event.completed_on) or before["proposed_on"],
        "parties": _places(connection, recorded, event.parties),
        "links": [] if kind.is_statement else _links(event),
        "money": {} if kind.is_statement else money_of(terms, firms),
        "training": training,
        "trainees": trainees,
        "capacity": capacity,
        "wait": _wait(before, recorded, statement=kind.is_statement),
    }
    _write(connection, recorded, before, content)
    feed.tell(connection, recorded, feed.CONFIRMED, event.parties, **_of(content, recorded, event.proposed_by))


def completed(connection: Connection, recorded: Recorded) -> None:
    """Count it in the month of its completion."""
    _change(connection, recorded, on=plain(recorded.event.completed_on))


def amended(connection: Connection, recorded: Recorded) -> None:
    """Let it be claimed until the corrected record is confirmed; all parties are asked again."""
    before = _found(connection, recorded)
    on = plain(recorded.event.completed_on) or before["proposed_on"]
    parties = _places(connection, recorded, before["all"])
    _change(connection, recorded, state=CLAIMED, on=on, parties=parties, declined=[], **UNMEASURED)


def declined(connection: Connection, recorded: Recorded) -> None:
    """Note who refused, which may end it."""
    before, event = _found(connection, recorded), recorded.event
    refused = [*before["declined"], str(event.by)]
    left = [
        Party(firm=UUID(party["firm"]), role=party["role"]) for party in before["all"] if party["firm"] not in refused
    ]
    over = _ends(before["kind"], left)
    _change(connection, recorded, declined=refused, **({"state": GONE} if over else {}))


def withdrawn(connection: Connection, recorded: Recorded) -> None:
    """Let it count no more."""
    _change(connection, recorded, state=GONE)


def disputed(connection: Connection, recorded: Recorded) -> None:
    """Count it among those that were ever contested."""
    before = _found(connection, recorded)
    _change(connection, recorded, disputed=True)
    event = recorded.event
    feed.tell(connection, recorded, feed.DISPUTED, before["all"], **_of(before, recorded, event.by))


def settled(connection: Connection, recorded: Recorded) -> None:
    """Tell how a dispute ended; a job that was struck counts no more."""
    before, event = _found(connection, recorded), recorded.event
    if event.outcome == Outcome.STRUCK:
        _change(connection, recorded, state=GONE)
    of_it = {**_of(before, recorded, event.disputed_by), "outcome": event.outcome}
    feed.tell(connection, recorded, feed.SETTLED, before["all"], **of_it)


def _ends(name: str, left: list[Party]) -> bool:
    """Follow `Kind.ends_with`, which asks for links: there are some as long as both roles are filled."""
    kind = kind_named(name)
    if kind.acceptance is not Acceptance.EACH:
        return True
    return not {kind.leading.name, kind.following.name} <= {party["role"] for party in left}


def _links(event: Any) -> list[list[str]]:
    links = kind_named(event.kind).links(event.parties, event.terms)
    return [[str(link.leading), str(link.following)] for link in links]


def _wait(before: Content, recorded: Recorded, *, statement: bool) -> int | None:
    """Return the tenths of a day that the first confirmation took; a statement waits for nobody."""
    if statement or before["wait"] is not None:
        waited: int | None = before["wait"]
        return waited
    return int((recorded.recorded_at.timestamp() - before["proposed_at"]) / A_TENTH.total_seconds())


def _places(connection: Connection, recorded: Recorded, parties: Any) -> list[list[str]]:
    """Return the parties with their sectors and countries as they are now."""
    firms = [UUID(str(party["firm"])) for party in parties]
    return [[str(firm), *_place(connection, recorded.event.network_id, firm)] for firm in firms]


def _place(connection: Connection, network: UUID, firm: UUID) -> list[str]:
    row = current(connection, FIRMS, {"network_id": network, "firm": firm})
    return [row["sector"], row["country"]] if row else [UNKNOWN, UNKNOWN]


def _of(content: Content, recorded: Recorded, by: UUID) -> dict[str, Any]:
    return {"kind": content["kind"], "collaboration": recorded.event.originator_id, "by": by}


def _found(connection: Connection, recorded: Recorded) -> Content:
    content: Content = standing(connection, JOBS, _key(recorded))["content"]
    return content


def _change(connection: Connection, recorded: Recorded, **changes: Any) -> None:
    before = _found(connection, recorded)
    if before["state"] != GONE:
        _write(connection, recorded, before, {**before, **changes})


def _write(connection: Connection, recorded: Recorded, before: Content | None, content: Content) -> None:
    row = {**filed(content), "content": content}
    supersede(connection, JOBS, _key(recorded), recorded.position, recorded.recorded_at, row)
    sums = difference(adds(before) if before else {}, adds(content))
    add(connection, recorded.event.network_id, recorded.position, sums)


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "collaboration": recorded.event.originator_id}


HANDLERS: Mapping[type, Handler] = {
    Firm.Admitted: members.admitted,
    Firm.Updated: members.updated,
    Firm.Verified: members.verified,
    Firm.HeadcountReported: members.headcount_reported,
    Collaboration.Proposed: proposed,
    Collaboration.Confirmed: confirmed,
    Collaboration.Completed: completed,
    Collaboration.Amended: amended,
    Collaboration.Declined: declined,
    Collaboration.Withdrawn: withdrawn,
    Collaboration.Disputed: disputed,
    Collaboration.Settled: settled,
}

PROJECTION = Projection("activity", VERSION, METADATA, HANDLERS)
