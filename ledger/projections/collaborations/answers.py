"""What the parties say to a record, and the moment from which it counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from ledger.domain.actor import of_office
from ledger.domain.collaboration import Answer, State
from ledger.domain.kinds.catalogue import kind_named
from ledger.domain.kinds.kind import Party
from ledger.domain.money import Money, MoneyData, totals
from ledger.projections.collaborations import rows
from ledger.subscriptions.event_log import Recorded
from ledger.subscriptions.plain import plain


def accepted(connection: Connection, recorded: Recorded) -> None:
    """Note that a party agreed."""
    party = rows.parties(connection, recorded)[recorded.event.by]
    rows.change_party(connection, recorded, party, **_answer(recorded, Answer.ACCEPTED))
    rows.change(connection, recorded)


def declined(connection: Connection, recorded: Recorded) -> None:
    """Note that a party refused, which may end it."""
    parties = rows.parties(connection, recorded)
    refusing = parties.pop(recorded.event.by)
    rows.change_party(connection, recorded, refusing, **_answer(recorded, Answer.DECLINED))
    row = rows.found(connection, recorded)
    left = [
        Party(firm=firm, role=party["role"])
        for firm, party in parties.items()
        if party["answer"] != Answer.DECLINED.value
    ]
    over = kind_named(row["kind"]).ends_with(left, row["terms"])
    rows.change(connection, recorded, **({"ended": State.DECLINED.value} if over else {}))


def confirmed(connection: Connection, recorded: Recorded) -> None:
    """Let it count among these parties; it may come again, wider or corrected."""
    event = recorded.event
    volumes, parties = _volumes(event), rows.parties(connection, recorded)
    before = rows.found(connection, recorded)["confirmed_at"]
    rows.change(
        connection,
        recorded,
        terms=plain(event.terms),
        completed_on=event.completed_on,
        confirmed_at=before or recorded.recorded_at,
        by_office_alone=all(party["by_office"] for firm, party in parties.items() if firm in volumes),
    )
    for firm, party in parties.items():
        if firm in volumes:
            since = party["confirmed_at"] or recorded.recorded_at
            rows.change_party(connection, recorded, party, confirmed=True, confirmed_at=since, volume=volumes[firm])


def _answer(recorded: Recorded, answer: Answer) -> dict[str, Any]:
    return {"answer": answer.value, "by_office": of_office(recorded.event.actor)}


def _volumes(event: Any) -> dict[UUID, list[MoneyData]]:
    """Return what of the value falls to each party: to who leads the whole, to the others their part of it."""
    kind = kind_named(event.kind)
    links = kind.links(event.parties, event.terms)
    whole = [Money.parse(event.terms["value"])] if event.terms.get("value") else None
    volumes = {}
    for party in event.parties:
        firm, leads = party["firm"], party["role"] == kind.leading.name
        own = [link.value for link in links if link.value and firm in (link.leading, link.following)]
        volumes[firm] = _data(whole if leads and whole else own)
    return volumes


def _data(amounts: Sequence[Money]) -> list[MoneyData]:
    return [total.data() for total in totals(amounts)]
