"""The figures counted once more, event by event and as plainly as can be, for comparison."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median_low
from typing import Any
from uuid import UUID

from ledger.domain.collaboration import Collaboration
from ledger.domain.firm import Firm
from ledger.domain.kinds.catalogue import kind_named

STATEMENT = "credit_reference"


@dataclass
class Work:
    """A job as its events leave it."""

    kind: str
    proposed_at: datetime
    proposed_on: date
    completed_on: date | None
    confirmed: Any = None
    first_confirmed: datetime | None = None
    disputed: bool = False
    over: bool = False
    amended: bool = False

    @property
    def on(self) -> date:
        """Its business date."""
        return self.completed_on or self.proposed_on

    @property
    def counts(self) -> bool:
        """Whether it counts as confirmed work."""
        return bool(self.confirmed) and not self.over and self.kind != STATEMENT


@dataclass
class Known:
    """Everything that events have told."""

    work: dict[UUID, Work]
    countries: dict[UUID, str]
    sectors: dict[UUID, str]

    def within(self, since: str, until: str) -> list[Work]:
        """The jobs that count, from one month to another."""
        return [one for one in self.work.values() if one.counts and since <= one.on.isoformat()[:7] <= until]

    def firms(self, jobs: Iterable[Work]) -> set[UUID]:
        """Everybody who took part in these."""
        return {party["firm"] for job in jobs for party in job.confirmed.parties}

    def crossing(self, job: Work) -> bool:
        """Whether its firms sit in more than one country."""
        return len({self.countries[party["firm"]] for party in job.confirmed.parties}) > 1

    def pairs(self, jobs: Iterable[Work]) -> Counter[tuple[str, str]]:
        """How many jobs link two sectors."""
        found: Counter[tuple[str, str]] = Counter()
        for job in jobs:
            links = kind_named(job.kind).links(job.confirmed.parties, job.confirmed.terms)
            ends = [sorted((self.sectors[one.leading], self.sectors[one.following])) for one in links]
            found.update({(one, other) for one, other in ends})
        return found


def told(events: Iterable[Any]) -> Known:
    """Go through the events once."""
    known = Known({}, {}, {})
    for event in events:
        job = known.work.get(event.originator_id)
        match event:
            case Firm.Admitted() | Firm.Updated():
                known.countries[event.originator_id] = event.trade["country"]
                known.sectors[event.originator_id] = (event.trade["nace"] or "")[:2]
            case Collaboration.Proposed():
                known.work[event.originator_id] = Work(
                    event.kind, event.timestamp, event.happened_on, event.completed_on
                )
            case Collaboration.Confirmed() if job:
                job.confirmed, job.completed_on = event, event.completed_on
                job.first_confirmed = job.first_confirmed or event.timestamp
            case Collaboration.Completed() if job:
                job.completed_on = event.completed_on
            case Collaboration.Amended() if job:
                job.confirmed, job.completed_on = None, event.completed_on
            case Collaboration.Withdrawn() if job:
                job.over = True
            case Collaboration.Disputed() if job:
                job.disputed = True
            case Collaboration.Settled() if job:
                job.over = job.over or event.outcome == "struck"
            case _:
                pass
    return known


def median_days(jobs: Iterable[Work]) -> float | None:
    """The median wait in days, cut off after one decimal place."""
    waits = [
        int((one.first_confirmed.timestamp() - one.proposed_at.timestamp()) / 8640)
        for one in jobs
        if one.first_confirmed
    ]
    return median_low(waits) / 10 if waits else None
