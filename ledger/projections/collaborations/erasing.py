"""Taking what a firm wrote out of every row of its collaborations, as if its events had been read without its key.

Whose a title or a term is, is told by the event that it comes from: so the events are gone through first, and what
the rows held at each of them follows.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, select

from ledger.domain.collaboration import Collaboration
from ledger.domain.event import ERASED, personal_fields
from ledger.projections.collaborations.tables import COLLABORATIONS, EVENTS, PARTIES
from ledger.subscriptions.event_log import Recorded

CLASSES: Mapping[str, type] = {
    thing.TOPIC: thing
    for thing in vars(Collaboration).values()
    if isinstance(thing, type) and issubclass(thing, Collaboration.Event)
}
ASSESSMENT = personal_fields(Collaboration.Assessed)["assessment"]

Data = dict[str, Any]


def erased(connection: Connection, recorded: Recorded) -> None:
    """Erase what the firm wrote, in the events and in every row that followed from them."""
    network, firm = recorded.event.network_id, recorded.event.originator_id
    its = select(PARTIES.c.collaboration).where(PARTIES.c.network_id == network, PARTIES.c.firm == firm).distinct()
    for collaboration in connection.scalars(its).all():
        contents = _erase_events(connection, network, collaboration, str(firm))
        _erase_rows(connection, network, collaboration, str(firm), contents)


def _erase_events(connection: Connection, network: UUID, collaboration: UUID, firm: str) -> dict[int, Data]:
    """Erase the firm's events, and return what the collaboration said from each event's position on."""
    of_it = (EVENTS.c.network_id == network, EVENTS.c.collaboration == collaboration)
    contents: dict[int, Data] = {}
    said: Data = {}
    for row in connection.execute(select(EVENTS).where(*of_it).order_by(EVENTS.c.position)).mappings().all():
        data = _without_words_of(firm, row)
        if data != row["data"]:
            connection.execute(EVENTS.update().where(*of_it, EVENTS.c.position == row["position"]).values(data=data))
        said = {**said, **_said(data, said)}
        contents[row["position"]] = said
    return contents


def _without_words_of(firm: str, row: RowMapping) -> Data:
    marks, data = personal_fields(CLASSES[row["type"]]), dict(row["data"])
    for name, mark in marks.items():
        if name in data and data[mark.of] == firm:
            data[name] = mark.erase(data[name])
    return data


def _said(data: Data, before: Data) -> Data:
    """Return title, terms and evidence where the event says them."""
    changes: Data = {name: data[name] for name in ("title", "terms", "evidence") if name in data}
    if "document" in data and isinstance(data["document"], dict):  # attached; a proposal names its by a hash alone
        changes["evidence"] = [*before["evidence"], data["document"]]
    return changes


def _erase_rows(
    connection: Connection, network: UUID, collaboration: UUID, firm: str, contents: Mapping[int, Data]
) -> None:
    of_it = (COLLABORATIONS.c.network_id == network, COLLABORATIONS.c.id == collaboration)
    for row in connection.execute(select(COLLABORATIONS).where(*of_it)).mappings().all():
        since = row["since_position"]
        values = {
            **contents[since],
            "assessments": [ASSESSMENT.erase(one) if one["by"] == firm else one for one in row["assessments"]],
            "disputes": [_dispute(one, firm) for one in row["disputes"]],
        }
        statement = COLLABORATIONS.update().where(*of_it, COLLABORATIONS.c.since_position == since)
        connection.execute(statement.values(values))


def _dispute(dispute: Data, firm: str) -> Data:
    """Erase reason and note of the firm that raised it, and what the firm answered."""
    own = _erased(dispute, ("reason", "note")) if dispute["by"] == firm else {}
    answers = [{**one, **(_erased(one, ("statement",)) if one["by"] == firm else {})} for one in dispute["answers"]]
    return {**dispute, **own, "answers": answers}


def _erased(words: Data, names: Iterable[str]) -> Data:
    return {name: ERASED for name in names if words[name] is not None}
