"""A firm's trust score with its explanation, or the facts and why there is no score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select

from ledger.domain.actor import Actor
from ledger.projections.consents.disclosure import check_office, find_firm
from ledger.projections.trust.counts import Row, credit_references, dispute_counts, track_record
from ledger.projections.trust.epoch import GRAIN
from ledger.projections.trust.explanation import ENOUGH, NOT_RATED, Basis, confidence, explain
from ledger.projections.trust.parameters import METHOD
from ledger.projections.trust.payments import payment
from ledger.projections.trust.posterior import score as weigh
from ledger.projections.trust.reports import Evidence, evidence, qualities
from ledger.projections.trust.strength import worth
from ledger.projections.trust.tables import CREDIBILITY, DISPUTES, PEERS, REPORTS, TIES
from ledger.subscriptions.plain import plain
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of

ANONYMOUS = 10  # rated firms; among fewer, a bin could be a firm that somebody knows
# What a score needs of each report.
HEARD = "by collaboration source on measures contested withdrawn strength opens_at since_position"


def score(reading: Reading, viewer: Actor, firm: UUID) -> dict[str, Any]:
    """Return the score as of the reading's position and time; raise `NotFound`."""
    network = find_firm(reading, viewer, firm)
    ties = _rows(reading, TIES, "collaboration partner", network, TIES.c.firm == firm)
    reports = _said_of(reading, network, firm)
    disputes = _rows(reading, DISPUTES, "raised outcome", network, DISPUTES.c.firm == firm)
    heard = [report for report in reports if report["opens_at"] <= reading.time]
    facts = {"sealed_reports": len(reports) - len(heard), **_facts(ties, heard, disputes)}
    believed = _credibility(reading, network, {row["partner"] for row in ties} | {row["by"] for row in heard})
    said = [(str(report["by"]), _evidence(report)) for report in heard]
    weighed = weigh(said, worth(reading.time.astimezone(UTC).date()), believed)
    independent = len({row["partner"] for row in ties if str(row["partner"]) in believed})
    evidences = [found for _, found in said]
    basis = Basis(str(firm), facts["counterparties"], independent, weighed, evidences, _counts(facts))
    return {
        "firm": str(firm),
        **explain(basis),
        "counterparties": facts["counterparties"],
        "independent_counterparties": independent,
        "facts": facts,
        "method": METHOD,
        "position": reading.position,
        "as_of": plain(reading.time),
    }


def scores(reading: Reading, viewer: Actor, network: UUID, firms: Collection[UUID]) -> dict[UUID, float | None]:
    """Return the scores of many firms of a network, without their reasons; None where one is not rated.

    Raises `NotFound` unless the viewer coordinates the network.
    """
    check_office(viewer, network)
    ties = _by_firm(_rows(reading, TIES, "firm partner", network, TIES.c.firm.in_(firms)), "firm")
    reports = _by_firm(_rows(reading, REPORTS, f"{HEARD} about", network, REPORTS.c.about.in_(firms)), "about")
    raters = {row["partner"] for rows in ties.values() for row in rows}
    believed = _credibility(reading, network, raters | {row["by"] for rows in reports.values() for row in rows})
    return {firm: _score(reading, ties[firm], reports[firm], believed) for firm in firms}


def _score(reading: Reading, ties: list[Row], reports: list[Row], believed: Mapping[str, float]) -> float | None:
    partners = {str(row["partner"]) for row in ties}
    if len(partners & believed.keys()) < ENOUGH:
        return None
    heard = [report for report in reports if report["opens_at"] <= reading.time]
    said = [(str(report["by"]), _evidence(report)) for report in heard]
    weighed = weigh(said, worth(reading.time.astimezone(UTC).date()), believed)
    sure = confidence(weighed.believed.evidence, weighed.raters)
    return None if sure == NOT_RATED else weighed.believed.score


def _by_firm(rows: Iterable[Row], name: str) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[row[name]].append(row)
    return found


def peers(reading: Reading, viewer: Actor, firm: UUID) -> dict[str, Any] | None:
    """Return where the rated firms of the firm's network stood at the last epoch; None while they are too few."""
    network = find_firm(reading, viewer, firm)
    query = select(PEERS).where(PEERS.c.network_id == network, PEERS.c.position <= reading.position)
    row = reading.connection.execute(query.order_by(PEERS.c.position.desc()).limit(1)).mappings().first()
    if row is None or row["rated"] < ANONYMOUS:
        return None
    return {name: row[name] for name in ("rated", "median", "bins")}


def payments(
    reading: Reading, viewer: Actor, firm: UUID, *, since: date | None = None, until: date | None = None
) -> dict[str, Any]:
    """Return how the firm pays, from what is said of business dates within a span; raise `NotFound`."""
    network = find_firm(reading, viewer, firm)
    heard = [report for report in _said_of(reading, network, firm) if report["opens_at"] <= reading.time]
    first, last = since or date.min, until or date.max
    return payment([report for report in heard if first <= report["on"] <= last])


def _said_of(reading: Reading, network: UUID, firm: UUID) -> list[Row]:
    """Return every report about the firm, also those still sealed; read once a reading."""
    question = ("reports", network, firm, reading.position)
    return reading.once(question, lambda: _rows(reading, REPORTS, HEARD, network, REPORTS.c.about == firm))


def _facts(ties: Sequence[Row], heard: Sequence[Row], disputes: Sequence[Row]) -> dict[str, Any]:
    """Return what is known, without weights."""
    return {
        "confirmed_jobs": len({tie["collaboration"] for tie in ties}),
        "counterparties": len({tie["partner"] for tie in ties}),
        "reports": len(heard),
        "record": track_record(heard),
        "credit_references": credit_references(heard),
        "disputes": dispute_counts(disputes),
    }


def _counts(facts: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return what is counted in each dimension."""
    references = {"credit_references": len(facts["credit_references"])}
    record = facts["record"]
    return {**record, "paid": {**record["paid"], **references}, "disputes": facts["disputes"]}


def _evidence(row: Row) -> Evidence:
    return evidence(row["strength"], qualities(row["source"], row["measures"]), withdrawn=row["withdrawn"])


def _credibility(reading: Reading, network: UUID, raters: Iterable[UUID]) -> dict[str, float]:
    rows = _rows(reading, CREDIBILITY, "firm thousandths", network, CREDIBILITY.c.firm.in_(sorted(raters)))
    return {str(row["firm"]): row["thousandths"] / GRAIN for row in rows}


def _rows(reading: Reading, table: Table, names: str, network: UUID, which: ColumnElement[bool]) -> list[Row]:
    columns = [table.c[name] for name in names.split()]
    query = select(*columns).where(table.c.network_id == network, which, as_of(table, reading.position))
    result = reading.connection.execute(query)
    keys = tuple(result.keys())
    return [dict(zip(keys, row, strict=True)) for row in result]
