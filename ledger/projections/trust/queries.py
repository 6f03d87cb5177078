"""A firm's trust score with its explanation, or the facts and why there is no score."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select

from ledger.domain.actor import Actor
from ledger.projections.consents.disclosure import find_firm
from ledger.projections.trust.evidence import Row, credit_references, dispute_counts, track_record, weigh
from ledger.projections.trust.explanation import ENOUGH, decline, explain
from ledger.projections.trust.posterior import METHOD, posterior
from ledger.projections.trust.tables import DISPUTES, REPORTS, TIES
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def score(reading: Reading, viewer: Actor, firm: UUID) -> dict[str, Any]:
    """Return the score as of the reading's position and time; raise `NotFound`."""
    network = find_firm(reading, viewer, firm)
    ties = _rows(reading, TIES, network, TIES.c.firm == firm)
    reports = _rows(reading, REPORTS, network, REPORTS.c.about == firm)
    heard = [report for report in reports if report["opens_at"] <= reading.time]
    disputes = _rows(reading, DISPUTES, network, DISPUTES.c.firm == firm)
    counterparties = len({tie["partner"] for tie in ties})
    facts = {
        "confirmed_jobs": len({tie["collaboration"] for tie in ties}),
        "counterparties": counterparties,
        "reports": len(heard),
        "sealed_reports": len(reports) - len(heard),
        "record": track_record(heard),
        "credit_references": credit_references(heard),
        "disputes": dispute_counts(disputes),
    }
    return {
        "firm": str(firm),
        **(_explained(reading, firm, heard, facts) if counterparties >= ENOUGH else decline(counterparties)),
        "counterparties": counterparties,
        "facts": facts,
        "method": METHOD,
        "position": reading.position,
        "as_of": plain(reading.time),
    }


def _explained(reading: Reading, firm: UUID, heard: Sequence[Row], facts: dict[str, Any]) -> dict[str, Any]:
    today = reading.time.astimezone(UTC).date()
    reports = [weigh(row, today) for row in heard]
    counts = {**facts["record"], "disputes": facts["disputes"]}
    counts["paid"] = {**counts["paid"], "credit_references": len(facts["credit_references"])}
    return explain(str(firm), posterior(reports), reports, counts)


def _rows(reading: Reading, table: Table, network: UUID, of_firm: ColumnElement[bool]) -> list[Row]:
    query = select(table).where(table.c.network_id == network, of_firm, as_of(table, reading.position))
    return [dict(row) for row in reading.connection.execute(query).mappings()]
