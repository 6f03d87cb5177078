"""Collaborations as they are shown to a viewer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import State
from ledger.projections.collaborations.masking import known_parties, masked, parties_of, shown_actor
from ledger.projections.collaborations.sealing import shown_assessments
from ledger.projections.collaborations.visibility import COUNTED
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading

Shown = dict[str, Any]

ALIKE = ("kind", "title", "state", "evidence", "document", "by_office_alone", "version")
OF_PARTY = ("role", "answer", "by_office", "confirmed", "confirmed_at")
MADE_PLAIN = ("id", "proposed_by", "proposed_at", "confirmed_at", "completed_on", "business_date")


def shapes(reading: Reading, viewer: Actor, rows: Sequence[RowMapping]) -> list[Shown]:
    """Return what the viewer is shown of these rows."""
    all_parties = parties_of(reading, [row["id"] for row in rows])
    parties = _shown(viewer, all_parties)
    faces, aliases = known_parties(reading, viewer, all_parties)
    for party in (party for of_one in parties.values() for party in of_one):
        party.update(faces[party["firm"]].data())
    return [masked(_shape(reading, viewer, row, parties[row["id"]]), aliases[row["id"]]) for row in rows]


def among(firms: Collection[str], terms: Any) -> Any:
    """Return the terms without the records of other firms: they have not agreed to anything yet."""
    return {
        name: [row for row in value if row.get("firm") in firms] if isinstance(value, list) else value
        for name, value in terms.items()
    }


def _shape(reading: Reading, viewer: Actor, row: RowMapping, parties: list[Shown]) -> Shown:
    firms = [party["firm"] for party in parties]
    since = {party["firm"]: party.pop("confirmed_at") for party in parties}
    return {
        **{name: row[name] for name in ALIKE},
        **{name: plain(row[name]) for name in MADE_PLAIN},
        "recorded_by": shown_actor(row["recorded_by"], viewer, row["proposed_by"]),
        "network": str(row["network_id"]),
        "confirmed": row["state"] in COUNTED,
        "claimed": row["state"] == State.PROPOSED,
        "parties": parties,
        "terms": among(firms, row["terms"]) if viewer.role is Role.BANK else row["terms"],
        "assessments": shown_assessments(row, since, viewer, reading.time),
        "disputes": [_dispute(one, viewer) for one in row["disputes"]],
        "position": row["since_position"],
    }


def _shown(viewer: Actor, parties: Sequence[Any]) -> dict[UUID, list[Shown]]:
    """Return the parties by collaboration; a bank sees those that have agreed."""
    found = defaultdict(list)
    for party in parties:
        if party.confirmed or viewer.role is not Role.BANK:
            said = {name: getattr(party, name) for name in OF_PARTY}
            found[party.collaboration].append({"firm": str(party.firm), **said})
    return found


def _dispute(dispute: Shown, viewer: Actor) -> Shown:
    """Return a dispute with its state; what the firms wrote about it is not for banks."""
    state = "settled" if dispute["outcome"] else "answered" if dispute["answers"] else "open"
    if viewer.role is not Role.BANK:
        return {**dispute, "state": state}
    answers = [{**answer, "statement": None} for answer in dispute["answers"]]
    return {**dispute, "state": state, "reason": None, "note": None, "answers": answers}
