"""Opening the read models for a viewer, and recording that a bank looked."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ledger.application import referrals
from ledger.domain.actor import Role
from ledger.projections.consents import queries as consents
from ledger.web.house import house

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ledger.domain.actor import Actor
    from ledger.subscriptions.reading import Reading

BANK_PATIENCE = 2.0  # seconds; a bank's look waits for the newest consents, or is not answered


@contextmanager
def opened_for(viewer: Actor, query: Mapping[str, Any], *rooms: str) -> Iterator[Reading]:
    """Open these rooms, and the consents that decide who may see, as `query` asks.

    A bank never reads from before a withdrawal: it waits for the head of the log.
    """
    asked = {name: query.get(name) for name in ("as_of", "as_of_position", "min_position")}
    newest = BANK_PATIENCE if viewer.role is Role.BANK else None
    with house().views.read(*rooms, "consents", wait=query.get("wait", 0.0), newest=newest, **asked) as reading:
        yield reading


def note_look_of(viewer: Actor, reading: Reading, firm: UUID, what: str) -> None:
    """Record that the viewer, if a bank, looked at a firm; for everybody else nothing happens."""
    note_looks_of(viewer, reading, (), what, firm)


def note_looks_of(viewer: Actor, reading: Reading, jobs: Iterable[Mapping[str, Any]], what: str, *firms: UUID) -> None:
    """Record a look at these firms and at every party of these jobs that lets the viewing bank look."""
    if viewer.role is not Role.BANK or viewer.subject is None:
        return
    parties = (UUID(party["firm"]) for job in jobs for party in job["parties"])
    seen = list(dict.fromkeys((*firms, *parties)))
    found = consents.purposes_of(reading, viewer.subject, seen)
    purposes = {firm: "; ".join(found[str(firm)]) for firm in seen if str(firm) in found}
    referrals.note_accesses(house().ledger, viewer, purposes, what=what)
