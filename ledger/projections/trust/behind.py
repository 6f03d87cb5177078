"""What a firm's score rests on: the jobs of which somebody reports, and the epoch that says whose word counts."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import func, select

from ledger.domain.actor import Actor
from ledger.projections.consents.disclosure import find_firm
from ledger.projections.trust.tables import DISPUTES, EPOCHS, REPORTS, TIES
from ledger.subscriptions.reading import Reading
from ledger.subscriptions.versioning import as_of


def jobs_behind(reading: Reading, viewer: Actor, firm: UUID) -> set[UUID]:
    """Return the jobs with a tie, an open report or a dispute of the firm; raise `NotFound`."""
    find_firm(reading, viewer, firm)
    reported = (REPORTS.c.about == firm, REPORTS.c.opens_at <= reading.time)
    of = {TIES: (TIES.c.firm == firm,), REPORTS: reported, DISPUTES: (DISPUTES.c.firm == firm,)}
    queries = [select(t.c.collaboration).where(*which, as_of(t, reading.position)) for t, which in of.items()]
    return {job for query in queries for job in reading.connection.execute(query).scalars()}


def epoch_behind(reading: Reading, viewer: Actor, firm: UUID) -> set[int]:
    """Return where the last epoch of the firm's network was closed, nothing before the first; raise `NotFound`."""
    network = find_firm(reading, viewer, firm)
    here = (EPOCHS.c.network_id == network, EPOCHS.c.position <= reading.position)
    found = reading.connection.execute(select(func.max(EPOCHS.c.position)).where(*here)).scalar_one()
    return set() if found is None else {found}
