"""Writing a collaboration's rows, so that its state always follows from what else they say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.collaboration import State
from ledger.projections.collaborations.tables import COLLABORATIONS, PARTIES
from ledger.subscriptions import holding
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.held import Row
from ledger.subscriptions.revising import revise, standing
from ledger.subscriptions.versioning import currents, supersede


def begin(connection: Connection, recorded: Recorded, values: Mapping[str, Any]) -> None:
    """Write the first row of a collaboration."""
    holding.begin(connection, _party_key(recorded), PARTIES)
    fresh = {"ended": None, "confirmed_at": None, "disputes": [], "by_office_alone": False, **values}
    written = {**fresh, **_derived(fresh, recorded)}
    supersede(connection, COLLABORATIONS, _key(recorded), recorded.position, recorded.recorded_at, written)


def change(connection: Connection, recorded: Recorded, **changes: Any) -> None:
    """Write the next row, in which `changes` differ and the state follows."""
    row = found(connection, recorded)
    changed = {**changes, **_derived({**row, **changes}, recorded)}
    revise(connection, COLLABORATIONS, _key(recorded), recorded.position, recorded.recorded_at, changed, row=row)


def found(connection: Connection, recorded: Recorded) -> Row:
    """Return the row as it stands."""
    return standing(connection, COLLABORATIONS, _key(recorded))


def parties(connection: Connection, recorded: Recorded) -> dict[UUID, Row]:
    """Return the parties' rows as they stand, by firm."""
    return {row["firm"]: row for row in currents(connection, PARTIES, _party_key(recorded))}


def begin_party(connection: Connection, recorded: Recorded, firm: UUID, values: Mapping[str, Any]) -> None:
    """Write the first row of a party."""
    key = {**_party_key(recorded), "firm": firm}
    supersede(connection, PARTIES, key, recorded.position, recorded.recorded_at, values)


def change_party(connection: Connection, recorded: Recorded, row: Row, **changes: Any) -> None:
    """Write the party's next row, unless it would say the same."""
    if any(row[name] != value for name, value in changes.items()):
        key = {**_party_key(recorded), "firm": row["firm"]}
        revise(connection, PARTIES, key, recorded.position, recorded.recorded_at, changes, row=row)


def _derived(row: Mapping[str, Any], recorded: Recorded) -> dict[str, Any]:
    business_date: date = row["completed_on"] or row["proposed_on"]
    state, version = _state(row), recorded.event.originator_version
    return {"state": state.value, "business_date": business_date, "version": version}


def _state(row: Mapping[str, Any]) -> State:
    """Follow the rule of `Collaboration.state`."""
    if row["ended"] is not None:
        return State(row["ended"])
    if any(dispute["outcome"] is None for dispute in row["disputes"]):
        return State.DISPUTED
    if row["confirmed_at"] is None:
        return State.PROPOSED
    return State.CONFIRMED if row["completed_on"] is None else State.COMPLETED


def _key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "id": recorded.event.originator_id}


def _party_key(recorded: Recorded) -> dict[str, Any]:
    return {"network_id": recorded.event.network_id, "collaboration": recorded.event.originator_id}
