"""What the tests of the domain begin with: three firms, one noon, and jobs that have come some way."""

from __future__ import annotations

from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

import pytest

from ledger.domain.actor import Actor, Role
from ledger.domain.collaboration import Collaboration, Proposal
from ledger.domain.errors import LedgerError
from ledger.domain.event import Stamp, stamp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from eventsourcing.domain import BaseAggregate

NETWORK, BANK = UUID(int=1), UUID(int=2)
ALPHA, BETA, GAMMA, STRANGER = UUID(int=11), UUID(int=12), UUID(int=13), UUID(int=99)
NOON = datetime(2026, 11, 10, 12, tzinfo=UTC)
FINISHED = date(2026, 11, 6)
PERIOD = {"from": "2026-09-14", "to": "2026-11-06"}
EUROS = {"amount": "48200.00", "currency": "EUR"}
TERMS = {"value": EUROS, "period": PERIOD, "process": "CNC turning"}
CHEAPER = {**TERMS, "value": {"amount": "100.00", "currency": "EUR"}}
GOOD = {"about": BETA, "on_time": True, "accepted": True, "defects": 0}
INVOICE = {"sha256": "ab" * 32, "media_type": "application/xml", "title": "Invoice 2026-117"}


def now(at: datetime = NOON) -> Stamp:
    """Return the stamp of a command that a firm gives."""
    return stamp(Actor(Role.FIRM, ALPHA, NETWORK), at)


def subcontract(**changes: Any) -> Collaboration:
    """Alpha has recorded a subcontract with Beta."""
    roles = {ALPHA: "contractor", BETA: "subcontractor"}
    return _proposed({"kind": "subcontract", "roles": roles, "terms": TERMS, **changes})


def confirmed(**changes: Any) -> Collaboration:
    """Beta has accepted it as well."""
    job = subcontract(**changes)
    job.accept(now(), BETA)
    return job


def finished(**changes: Any) -> Collaboration:
    """It was finished when it was recorded, and Beta has accepted it."""
    return confirmed(completed_on=FINISHED, **changes)


def disputed(**changes: Any) -> Collaboration:
    """Beta contests what both had agreed to."""
    job = finished(**changes)
    job.dispute(now(), BETA, "Two housings were returned.")
    return job


def training(**changes: Any) -> Collaboration:
    """Alpha has recorded a training; Beta and Gamma each confirm for themselves."""
    roles = {ALPHA: "host", BETA: "participant", GAMMA: "participant"}
    terms = {"topic": "Welding", "hours": 16}
    return _proposed({"kind": "shared_training", "roles": roles, "terms": terms, **changes})


def reference(**changes: Any) -> Collaboration:
    """Alpha has stated how Beta pays."""
    terms = {"since": "2019-04-01", "terms_days": 30, "days_beyond_terms": 4}
    roles = {ALPHA: "referee", BETA: "subject"}
    return _proposed({"kind": "credit_reference", "roles": roles, "terms": terms, **changes})


def happened(aggregate: BaseAggregate[UUID]) -> list[str]:
    """Return the names of all events so far."""
    return [type(event).__name__ for event in aggregate.pending_events]


def last(aggregate: BaseAggregate[UUID]) -> Any:
    """Return the last event."""
    return aggregate.pending_events[-1]


@contextmanager
def refused(
    error: type[LedgerError], aggregate: BaseAggregate[UUID] | None = None, pointer: str | None = None
) -> Iterator[None]:
    """Expect exactly this error, pointing there, and an aggregate that is as it was before."""
    before = deepcopy(aggregate)
    with pytest.raises(LedgerError) as raised:
        yield
    assert type(raised.value) is error
    assert raised.value.detail
    assert aggregate == before
    if pointer is not None:
        assert pointer in [fault.pointer for fault in raised.value.faults]


def _proposed(said: dict[str, Any]) -> Collaboration:
    by = said.pop("by", ALPHA)
    parties = [{"firm": firm, "role": role} for firm, role in said.pop("roles").items()]
    proposal = Proposal(**{"title": "Gear housings", "parties": parties, **said})
    return Collaboration.propose(UUID(int=1000), now(), by, proposal)
